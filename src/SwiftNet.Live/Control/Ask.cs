using SwiftNet.Live.Prompts;

namespace SwiftNet.Live.Control;

/// <summary>A request about an object: a new object, or a correction of one.</summary>
internal sealed record Ask
{
    /// <summary>The frame that the prompt refers to; the newest where none is named.</summary>
    public long? Frame { get; init; }

    /// <summary>What the object is to be called; "object N" where nothing is given.</summary>
    public string? Name { get; init; }

    /// <summary>What it is to be drawn in, <c>#rrggbb</c>.</summary>
    public string? Colour { get; init; }

    /// <summary>Box, polygon, points, mask.</summary>
    public Prompt? Prompt { get; init; }
}

/// <summary>What is to be changed of an object; what is not named stays.</summary>
internal sealed record Change
{
    /// <summary>What it is called.</summary>
    public string? Name { get; init; }

    /// <summary>What it is drawn in, <c>#rrggbb</c>.</summary>
    public string? Colour { get; init; }

    /// <summary>Whether it is left alone for a while.</summary>
    public bool? Paused { get; init; }
}

/// <summary>An object after a command, and the list's revision then.</summary>
internal sealed record Changed(FollowedObject Object, long Revision);

/// <summary>The mask that was understood of a prompt; nothing has been changed.</summary>
/// <param name="Frame">The frame that it is on.</param>
/// <param name="MaskRle">The mask, in COCO's compressed run lengths.</param>
/// <param name="Area">Its pixels.</param>
/// <param name="Box">x, y, width, height.</param>
/// <param name="TookMs">How long it took to find, in milliseconds.</param>
internal sealed record Proposal(long Frame, PromptRuns MaskRle, int Area, IReadOnlyList<int> Box, double TookMs);
