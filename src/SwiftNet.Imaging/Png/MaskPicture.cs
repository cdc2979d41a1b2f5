namespace SwiftNet.Imaging.Png;

/// <summary>A mask as it stands in its file, before it is known what people meant by it.</summary>
/// <param name="Mask">The ids: palette indices, grey values, or by colours.</param>
/// <param name="Palette">The colour 0xRRGGBB of each palette index, or -1 for a transparent one; empty where the file has no
/// palette.</param>
/// <param name="IsBlackAndWhite">Whether the file holds black (id 0) and white (id 1) alone, without a palette.</param>
/// <param name="IsGrey">Whether the values are grey ones, dark to light.</param>
internal sealed record MaskPicture(IdMask Mask, IReadOnlyList<int> Palette, bool IsGrey, bool IsBlackAndWhite);
