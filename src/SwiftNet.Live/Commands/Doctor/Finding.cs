namespace SwiftNet.Live.Commands.Doctor;

/// <summary>How one check ended.</summary>
internal enum Verdict
{
    /// <summary>It is there.</summary>
    Fine,

    /// <summary>Worth knowing; the service runs.</summary>
    Note,

    /// <summary>The service cannot run so.</summary>
    Missing,

    /// <summary>What the settings name was tried and does not work.</summary>
    Fails,
}

/// <summary>What one check found.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Detail">What is there or missing, in one line.</param>
/// <param name="Packages">The Debian packages that mend it, separated by spaces, or null.</param>
internal sealed record Finding(Verdict Verdict, string Detail, string? Packages = null)
{
    /// <summary>It is there.</summary>
    public static Finding Fine(string detail) => new(Verdict.Fine, detail);

    /// <summary>Worth knowing.</summary>
    public static Finding Note(string detail) => new(Verdict.Note, detail);

    /// <summary>What the settings name was tried and does not work.</summary>
    public static Finding Fails(string detail) => new(Verdict.Fails, detail);

    /// <summary>The service cannot run so.</summary>
    public static Finding Missing(string detail, string? packages = null) => new(Verdict.Missing, detail, packages);
}

/// <summary>One thing to look at.</summary>
/// <param name="What">What it is.</param>
/// <param name="Look">Looks; what it throws is taken as missing.</param>
internal sealed record Check(string What, Func<Finding> Look);
