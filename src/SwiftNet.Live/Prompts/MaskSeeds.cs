using OpenCvSharp;

namespace SwiftNet.Live.Prompts;

/// <summary>A mask that points correct: it stays as it is, but around the points.</summary>
internal static class MaskSeeds
{
    /// <summary>Sorts the pixels of the mask's and the points' surroundings; the caller disposes the crop.</summary>
    public static SeededCrop Of(Mat picture, Mat mask, PromptOnFrame prompt, int longestSide)
    {
        var extent = Cv2.BoundingRect([.. prompt.Inside, .. prompt.Outside]) | Cv2.BoundingRect(mask);
        var margin = Math.Max(16, Math.Max(extent.Width, extent.Height) / 5);
        var seeds = new SeededCrop(picture, extent, margin, longestSide);
        using var small = seeds.Crop.To(mask);
        seeds.Classes.SetTo(GrabCut.ProbablyBackground);
        seeds.Classes.SetTo(GrabCut.ProbablyForeground, small);
        return seeds;
    }
}
