using TorchSharp;

namespace SwiftNet.Tracking;

/// <summary>Carries maps of one window over to another.</summary>
internal static class WindowMaps
{
    /// <summary>Resamples maps bilinearly, zeros where the old window does not reach.</summary>
    /// <param name="maps"><c>[c, h, w]</c> of the old window, float32.</param>
    /// <param name="from">The old window.</param>
    /// <param name="to">The new one.</param>
    /// <returns><c>[c, to.NetworkHeight, to.NetworkWidth]</c>, of the current dispose scope.</returns>
    public static torch.Tensor Resample(torch.Tensor maps, FrameWindow from, FrameWindow to)
    {
        using var scope = torch.NewDisposeScope();
        var rows = Axis(from.Y, from.Height, (int)maps.shape[1], to.Y, to.Height, to.NetworkHeight).to(maps.device);
        var columns = Axis(from.X, from.Width, (int)maps.shape[2], to.X, to.Width, to.NetworkWidth).to(maps.device);
        return rows.matmul(maps).matmul(columns.t()).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>One axis as a matrix <c>[new, old]</c>.</summary>
    private static torch.Tensor Axis(double from, double fromSide, int fromPixels, double to, double toSide, int toPixels)
    {
        var weights = new float[toPixels * fromPixels];
        for (var i = 0; i < toPixels; i++)
        {
            var place = ((to + ((i + 0.5) * toSide / toPixels) - from) * fromPixels / fromSide) - 0.5;
            var low = (int)Math.Floor(place);
            if (low >= 0 && low < fromPixels)
            {
                weights[(i * fromPixels) + low] += (float)(1 - (place - low));
            }

            if (low + 1 >= 0 && low + 1 < fromPixels)
            {
                weights[(i * fromPixels) + low + 1] += (float)(place - low);
            }
        }

        return torch.tensor(weights, [toPixels, fromPixels]);
    }
}
