namespace SwiftNet.Network;

/// <summary>A frame's size and the multiples of 16 it is padded to, split evenly, the odd pixel at the bottom or right.</summary>
/// <param name="Width">Columns of the frame.</param>
/// <param name="Height">Rows of the frame.</param>
internal readonly record struct PaddedSize(int Width, int Height)
{
    /// <summary>Frame pixels a side for one memory pixel: the encoder's last stride.</summary>
    public const int Stride = 16;

    /// <summary>Columns with padding, W.</summary>
    public int PaddedWidth => (Width + Stride - 1) / Stride * Stride;

    /// <summary>Rows with padding, H.</summary>
    public int PaddedHeight => (Height + Stride - 1) / Stride * Stride;

    /// <summary>Columns of padding on the left.</summary>
    public int Left => (PaddedWidth - Width) / 2;

    /// <summary>Rows of padding on top.</summary>
    public int Top => (PaddedHeight - Height) / 2;

    /// <summary>Memory pixels a frame, h·w.</summary>
    public int Cells => PaddedWidth / Stride * (PaddedHeight / Stride);
}
