using Spectre.Console;

namespace SwiftNet.Live.Commands.Eval.Sweep;

/// <summary>What a sweep compares, and what it makes of the figures.</summary>
internal interface ISweep
{
    /// <summary>Its name on the command line; the files have it too.</summary>
    string Name { get; }

    /// <summary>The settings, in order.</summary>
    IReadOnlyList<SweepSetting> Settings { get; }

    /// <summary>Prints the figures.</summary>
    void Print(IReadOnlyList<SweepRow> rows, IAnsiConsole console);

    /// <summary>Draws them, where there is a picture of them.</summary>
    /// <param name="rows">The figures.</param>
    /// <param name="path">The picture's path without extension.</param>
    void Draw(IReadOnlyList<SweepRow> rows, string path)
    {
    }
}
