using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Segment;

/// <summary>Says in plain words that a machine is too slow for a camera, and what would help.</summary>
internal static class SlowMachine
{
    /// <summary>The sentences for log and page.</summary>
    /// <param name="frames">The budget.</param>
    /// <param name="pace">What a frame may take, in milliseconds, so that none is left out.</param>
    /// <param name="size">The configured size of the network's picture.</param>
    /// <param name="network">The network's device and number format; null where they are unknown.</param>
    public static string Describe(FrameBudget frames, double pace, string size, NetworkState? network)
    {
        var held = frames.IsHeldByObjects
            ? $" The network's picture is not made smaller: the smallest object would have fewer than {ObjectSizes.LeastCells} memory "
                + "cells a side."
            : "";
        var help = new List<string> { $"a smaller Segment:Size than {size}" };
        var onCpu = network?.Device.StartsWith("cuda", StringComparison.Ordinal) != true;
        if (onCpu && network?.Format != "int8")
        {
            help.Add("Segment:Precision=int8");
        }

        if (onCpu)
        {
            help.Add("a GPU");
        }

        return $"This machine is too slow for the camera: a frame takes {frames.Average:0.0} ms, and {pace:0.#} ms would keep up, so "
            + $"frames are left out.{held}"
            + $" What helps: {string.Join(", ", help)}, or fewer cameras and other programs on the machine.";
    }
}
