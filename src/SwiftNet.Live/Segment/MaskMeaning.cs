using SwiftNet.Imaging.Png;

namespace SwiftNet.Live.Segment;

/// <summary>Takes a mask as people draw it for the one that they mean: which colour is the background, and what counts for
/// nothing.</summary>
internal static class MaskMeaning
{
    private const byte Ignored = 255;
    private const int Black = 0;
    private const int White = 0xFFFFFF;

    /// <summary>The mask with 0 as its background, and what was done for that; empty for nothing.</summary>
    /// <exception cref="UserErrorException">Its edges are smoothed.</exception>
    public static (IdMask Mask, string Note) Of(MaskPicture picture, string path)
    {
        var mask = picture.Mask;
        if (picture.IsGrey && SmoothedEdges.AreIn(Array.ConvertAll(mask.Ids, id => (int)id), mask.Width))
        {
            throw new UserErrorException(
                $"Mask {path} has smoothed (antialiased) edges: {mask.DistinctIds().Length} grey values, each of which would be an object. "
                    + "Draw it with a hard brush, or save it without smoothing.");
        }

        var used = mask.Ids.Distinct().Order().ToArray();
        if (BackgroundOf(picture, used) is { } ground)
        {
            // The ids below the background's make room for it.
            var moved = Array.ConvertAll(mask.Ids, id => id == ground ? (byte)0 : id < ground ? (byte)(id + 1) : id);
            return (
                new IdMask(mask.Width, mask.Height, moved),
                $"its background is index {ground} of its palette; the indices below it count as one more");
        }

        if (BlackAndWhite(picture, used) is var (black, white))
        {
            var isInverted = IsPaper(mask, white, black);
            var (meant, note) = isInverted
                ? (black, "it is taken as black on white, since white covers most of it and touches all four sides")
                : (white, "");
            return (new IdMask(mask.Width, mask.Height, Array.ConvertAll(mask.Ids, id => id == meant ? (byte)1 : (byte)0)), note);
        }

        if (used is [0, Ignored] or [Ignored])
        {
            return (new IdMask(mask.Width, mask.Height, Array.ConvertAll(mask.Ids, id => Math.Min(id, (byte)1))), "");
        }

        return used.Contains(Ignored)
            ? (
                new IdMask(mask.Width, mask.Height, Array.ConvertAll(mask.Ids, id => id == Ignored ? (byte)0 : id)),
                "255 counts as background, as data sets mark what is to be ignored")
            : (mask, "");
    }

    // Another index than 0, where the palette says so: the one that is transparent, else the one that is black.
    private static byte? BackgroundOf(MaskPicture picture, byte[] used)
    {
        if (picture.Palette.Count == 0 || BlackAndWhite(picture, used) is not null || ColourOf(picture, 0) is Black or < 0)
        {
            return null;
        }

        var clear = Array.FindIndex(used, index => ColourOf(picture, index) < 0);
        var ground = clear >= 0 ? clear : Array.FindIndex(used, index => ColourOf(picture, index) == Black);
        return ground >= 0 && used[ground] != 0 ? used[ground] : null;
    }

    // The ids of black and white, where the file holds these two.
    private static (byte Black, byte White)? BlackAndWhite(MaskPicture picture, byte[] used)
    {
        if (picture.IsBlackAndWhite)
        {
            return (0, 1);
        }

        return picture.Palette.Count > 0 && used is [var a, var b]
            ? (ColourOf(picture, a), ColourOf(picture, b)) switch
            {
                (Black, White) => (a, b),
                (White, Black) => (b, a),
                _ => null,
            }
            : null;
    }

    private static bool IsPaper(IdMask mask, byte white, byte black) =>
        MaskExtent.Of(mask, white) is { CoversMost: true, TouchesAllSides: true }
            && MaskExtent.Of(mask, black) is { Share: > 0, TouchesAllSides: false };

    private static int ColourOf(MaskPicture picture, byte index) => index < picture.Palette.Count ? picture.Palette[index] : Black;
}
