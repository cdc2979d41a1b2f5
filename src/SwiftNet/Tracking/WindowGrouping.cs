using System.Runtime.InteropServices;

namespace SwiftNet.Tracking;

/// <summary>
/// Decides which objects share a window: those that are close together, or that a common window shows as well as one of their own.
/// </summary>
internal static class WindowGrouping
{
    /// <summary>Network pixels that a window has at least; with more windows than that allows, they take turns.</summary>
    public const int LeastPixels = 96 * 96;

    // Network pixels for each window beyond the second: a window shows an object with what is around it. More windows join.
    private const int EnoughPixels = 160 * 160;

    // Margin around a box, as a share of its side, within which another object is close, and beyond which it no longer is.
    private const double Near = 0.2;
    private const double Far = 0.6;

    // Of the scale that objects have in windows of their own, the share from which on a common window does as well, and below which it
    // does not.
    private const double Join = 0.9;
    private const double Part = 0.65;

    // Steps without an object after which it is searched for in a window of its own, so that the others keep theirs.
    private const int SearchAfter = 12;

    // Share of a tracker's budget by which a new one has to differ, so that windows keep their shapes.
    private const double BudgetChange = 0.25;

    /// <summary>The windows that given objects begin with.</summary>
    /// <param name="mask">The objects in the whole frame.</param>
    /// <param name="ids">Those that are to be followed.</param>
    /// <param name="policy">Chooses windows.</param>
    /// <param name="enabled">Whether there are windows; else all objects are in one group.</param>
    public static List<byte[]> Groups(IdMask mask, byte[] ids, WindowPolicy policy, bool enabled)
    {
        if (ids.Length <= 1 || !enabled)
        {
            return ids.Length == 0 ? [] : [ids];
        }

        var boxes = new BoundingBox[ids.Length];
        new MaskBoxes().Measure(mask.Ids, policy.Whole, ids, boxes);
        var groups = new List<byte[]>();
        var targets = new List<WindowTarget>();
        for (var i = 0; i < ids.Length; i++)
        {
            groups.Add([ids[i]]);
            targets.Add(WindowTarget.Of(new BoxHistory(boxes[i])));
        }

        while (true)
        {
            var (first, second) = FindPair(CollectionsMarshal.AsSpan(targets), targets.Count, policy);
            if (first < 0)
            {
                return groups;
            }

            groups[first] = [.. groups[first].Concat(groups[second]).Order()];
            targets[first] = targets[first].With(targets[second]);
            groups.RemoveAt(second);
            targets.RemoveAt(second);
        }
    }

    /// <summary>Two trackers that should become one; null where there are none.</summary>
    public static (WindowTracker First, WindowTracker Second)? FindJoin(IReadOnlyList<WindowTracker> trackers, WindowPolicy policy)
    {
        Span<WindowTarget> targets = stackalloc WindowTarget[trackers.Count];
        Span<int> indices = stackalloc int[trackers.Count];
        var count = 0;
        for (var i = 0; i < trackers.Count; i++)
        {
            if (trackers[i].Target is { } target)
            {
                (targets[count], indices[count++]) = (target, i);
            }
        }

        var (first, second) = FindPair(targets[..count], trackers.Count, policy);
        return first >= 0 ? (trackers[indices[first]], trackers[indices[second]]) : null;
    }

    private static int MostWindows(WindowPolicy policy) => Math.Max(Math.Min(2, Places(policy)), policy.Budget / EnoughPixels);

    // The scale in a common window beside the scales in windows of their own.
    private static double Closeness(WindowTarget first, WindowTarget second, WindowPolicy policy)
    {
        var part = policy.Budget / MostWindows(policy);
        return policy.ScaleOf(first.With(second), Math.Min(policy.Budget, 2 * part))
            / Math.Max(policy.ScaleOf(first, part), policy.ScaleOf(second, part));
    }

    /// <summary>An object that should have a window of its own; null where there is none.</summary>
    public static (WindowTracker Tracker, byte Id)? FindSplit(IReadOnlyList<WindowTracker> trackers, WindowPolicy policy)
    {
        foreach (var tracker in trackers)
        {
            byte[] ids = tracker.Histories.Count > 1 ? tracker.ActiveIds() : [];
            if (ids.Length > 1 && tracker.Target is { Missed: 0 }
                && Array.Find(ids, id => MustSplit(tracker, id, ids, trackers.Count, policy)) is > 0 and var split)
            {
                return (tracker, split);
            }
        }

        return null;
    }

    /// <summary>Shares the budget out: a tracker that needs less leaves the rest to the others.</summary>
    public static void ShareBudget(IReadOnlyList<WindowTracker> trackers, WindowPolicy policy)
    {
        if (trackers.Count == 1)
        {
            trackers[0].Budget = policy.Budget;
            return;
        }

        var places = Math.Min(trackers.Count, Places(policy));
        Span<int> needs = stackalloc int[trackers.Count];
        Span<int> shares = stackalloc int[trackers.Count];
        for (var i = 0; i < needs.Length; i++)
        {
            needs[i] = trackers[i].Target is { } target ? Math.Max(LeastPixels, policy.Needed(target)) : LeastPixels;
        }

        Divide(needs, shares, (int)((long)policy.Budget * trackers.Count / places), policy.Budget);
        long held = 0;
        var keeps = true;
        for (var i = 0; i < shares.Length; i++)
        {
            held += trackers[i].Budget;
            keeps &= Math.Abs(trackers[i].Budget - shares[i]) <= BudgetChange * shares[i];
        }

        if (!keeps || held * places > (long)policy.Budget * trackers.Count)
        {
            for (var i = 0; i < shares.Length; i++)
            {
                trackers[i].Budget = shares[i];
            }
        }
    }

    /// <summary>Windows that a step may have within the budget.</summary>
    public static int Places(WindowPolicy policy) => Math.Max(1, policy.Budget / LeastPixels);

    /// <summary>Fills the smallest needs first; what remains is shared evenly.</summary>
    /// <param name="needs">Pixels that each one can use.</param>
    /// <param name="shares">Receives the pixels of each.</param>
    /// <param name="total">Pixels in all.</param>
    /// <param name="most">Pixels that one may have.</param>
    internal static void Divide(ReadOnlySpan<int> needs, Span<int> shares, int total, int most)
    {
        shares.Clear();
        for (var left = needs.Length; left > 0; left--)
        {
            var smallest = -1;
            for (var i = 0; i < needs.Length; i++)
            {
                smallest = shares[i] == 0 && (smallest < 0 || needs[i] < needs[smallest]) ? i : smallest;
            }

            shares[smallest] = Math.Max(1, Math.Min(Math.Min(needs[smallest], most), total / left));
            total -= shares[smallest];
        }
    }

    /// <summary>Two of the windows that should become one; negative where there are none.</summary>
    /// <param name="targets">What each window shows.</param>
    /// <param name="windows">Number of windows, those of paused objects too.</param>
    /// <param name="policy">Chooses windows.</param>
    private static (int First, int Second) FindPair(ReadOnlySpan<WindowTarget> targets, int windows, WindowPolicy policy)
    {
        for (var i = 0; i < targets.Length; i++)
        {
            for (var k = i + 1; k < targets.Length; k++)
            {
                var (first, second) = (targets[i], targets[k]);
                if (first.Missed == 0 && second.Missed == 0
                    ? MayJoin(first, second, windows, policy)
                    : Math.Min(first.Missed, second.Missed) >= SearchAfter)
                {
                    return (i, k);
                }
            }
        }

        var visible = 0;
        foreach (var target in targets)
        {
            visible += target.Missed == 0 ? 1 : 0;
        }

        return visible > MostWindows(policy) ? FindClosest(targets, policy) : (-1, -1);
    }

    // With more windows than the budget has room for, the two that lose least by it become one.
    private static (int First, int Second) FindClosest(ReadOnlySpan<WindowTarget> targets, WindowPolicy policy)
    {
        var (most, closest) = (0.0, (-1, -1));
        for (var i = 0; i < targets.Length; i++)
        {
            for (var k = i + 1; k < targets.Length; k++)
            {
                if (targets[i].Missed == 0 && targets[k].Missed == 0
                    && Closeness(targets[i], targets[k], policy) is var closeness && closeness > most)
                {
                    (most, closest) = (closeness, (i, k));
                }
            }
        }

        return closest;
    }

    private static bool MayJoin(WindowTarget first, WindowTarget second, int windows, WindowPolicy policy)
    {
        var a = first.Wanted(Near, policy.FrameWidth, policy.FrameHeight);
        var b = second.Wanted(Near, policy.FrameWidth, policy.FrameHeight);
        return a.Overlaps(b) || IsAsClose(first.With(second), first, second, Join, windows, policy);
    }

    private static bool MustSplit(WindowTracker tracker, byte id, byte[] ids, int windows, WindowPolicy policy)
    {
        var own = tracker.TargetOf(id);
        if (own.Missed >= SearchAfter)
        {
            return true;
        }

        WindowTarget? others = null;
        var box = own.Wanted(Far, policy.FrameWidth, policy.FrameHeight);
        foreach (var other in ids)
        {
            if (other != id)
            {
                var target = tracker.TargetOf(other);
                if (target.Missed == 0 && box.Overlaps(target.Wanted(Far, policy.FrameWidth, policy.FrameHeight)))
                {
                    return false;
                }

                others = others?.With(target) ?? target;
            }
        }

        return own.Missed == 0
            && windows < MostWindows(policy)
            && !IsAsClose(own.With(others!.Value), own, others.Value, Part, windows + 1, policy);
    }

    // Whether a common window shows both at the given share of the scale, at least, that windows of their own would show the closer one at.
    private static bool IsAsClose(
        WindowTarget both,
        WindowTarget first,
        WindowTarget second,
        double share,
        int windows,
        WindowPolicy policy)
    {
        var part = policy.Budget / Math.Max(2, windows);
        return policy.ScaleOf(both, Math.Min(policy.Budget, 2 * part)) >= share * Math.Max(
            policy.ScaleOf(first, part),
            policy.ScaleOf(second, part));
    }
}
