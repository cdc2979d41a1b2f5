using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Network;

/// <summary>Brings maps of one network size to another.</summary>
internal static class Refit
{
    /// <summary>
    /// Scales maps to the largest size of their aspect that fits, with zeros around them where the aspect is another, so that no
    /// object changes its shape: what a memory pixel knows depends on the object's look, not on its place in the picture.
    /// </summary>
    /// <param name="maps"><c>[c, h, w]</c>, any number format.</param>
    /// <param name="size">The size wanted.</param>
    /// <returns>float32 <c>[c, size.Height, size.Width]</c>, of the current dispose scope.</returns>
    public static torch.Tensor To(torch.Tensor maps, PaddedSize size)
    {
        using var scope = torch.NewDisposeScope();
        var (height, width) = (maps.shape[1], maps.shape[2]);
        var scale = Math.Min((double)size.Width / width, (double)size.Height / height);
        var (fitWidth, fitHeight) = (Side(width * scale, size.Width), Side(height * scale, size.Height));
        var fit = maps.to(torch.float32).unsqueeze(0);
        if (fitWidth != width || fitHeight != height)
        {
            fit = scale < 1
                ? interpolate(fit, size: [fitHeight, fitWidth], mode: torch.InterpolationMode.Area)
                : interpolate(fit, size: [fitHeight, fitWidth], mode: torch.InterpolationMode.Bilinear, align_corners: false);
        }

        var (left, top) = ((size.Width - fitWidth) / 2, (size.Height - fitHeight) / 2);
        return pad(fit, [left, size.Width - fitWidth - left, top, size.Height - fitHeight - top]).squeeze(0).MoveToOuterDisposeScope();
    }

    private static int Side(double fit, int most) => Math.Clamp((int)Math.Round(fit), 1, most);
}
