namespace SwiftNet.Training.Optimisation;

/// <summary>The learning rate over a run: a short rise, then the polynomial fall.</summary>
internal static class Schedule
{
    /// <summary>What the rate at the start is multiplied by at a step.</summary>
    public static double At(int step, TrainingOptions options)
    {
        var rise = Math.Min(1, (step + 1.0) / Math.Max(1, options.WarmUp));
        var left = Math.Max(0, 1 - ((double)step / options.Iterations));
        return rise * Math.Pow(left, options.DecayPower);
    }
}
