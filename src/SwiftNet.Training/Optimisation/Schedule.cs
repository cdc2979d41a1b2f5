namespace SwiftNet.Training.Optimisation;

/// <summary>Learning-rate schedule: linear warm-up, then polynomial decay.</summary>
internal static class Schedule
{
    /// <summary>Factor on the initial learning rate at a step, 0 to 1.</summary>
    public static double At(int step, TrainingOptions options)
    {
        var rise = Math.Min(1, (step + 1.0) / Math.Max(1, options.WarmUp));
        var left = Math.Max(0, 1 - ((double)step / options.Iterations));
        return rise * Math.Pow(left, options.DecayPower);
    }
}
