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
        var groups = new List<(byte[] Ids, WindowTarget Target)>();
        for (var i = 0; i < ids.Length; i++)
        {
            groups.Add(([ids[i]], WindowTarget.Of(new BoxHistory(boxes[i]))));
        }

        for (var (first, second) = FindPair(groups, policy); first >= 0; (first, second) = FindPair(groups, policy))
        {
            groups[first] = ([.. groups[first].Ids.Concat(groups[second].Ids).Order()], groups[first].Target.With(groups[second].Target));
            groups.RemoveAt(second);
        }

        return groups.ConvertAll(group => group.Ids);
    }

    /// <summary>Two trackers that should become one; null where there are none.</summary>
    public static (WindowTracker First, WindowTracker Second)? FindJoin(IReadOnlyList<WindowTracker> trackers, WindowPolicy policy)
    {
        for (var i = 0; i < trackers.Count; i++)
        {
            for (var k = i + 1; k < trackers.Count; k++)
            {
                if (trackers[i].Target is { } first && trackers[k].Target is { } second
                    && (first.Missed == 0 && second.Missed == 0
                        ? MayJoin(first, second, trackers.Count, policy)
                        : Math.Min(first.Missed, second.Missed) >= SearchAfter))
                {
                    return (trackers[i], trackers[k]);
                }
            }
        }

        return FindClosest(trackers, policy);
    }

    // With more windows than the budget has room for, the two that lose least by it become one.
    private static (WindowTracker First, WindowTracker Second)? FindClosest(IReadOnlyList<WindowTracker> trackers, WindowPolicy policy)
    {
        (WindowTracker First, WindowTracker Second)? closest = null;
        var (most, windows) = (0.0, 0);
        for (var i = 0; i < trackers.Count; i++)
        {
            if (trackers[i].Target is not { Missed: 0 } first)
            {
                continue;
            }

            windows++;
            for (var k = i + 1; k < trackers.Count; k++)
            {
                if (trackers[k].Target is { Missed: 0 } second && Closeness(first, second, policy) is var closeness && closeness > most)
                {
                    (most, closest) = (closeness, (trackers[i], trackers[k]));
                }
            }
        }

        return windows > MostWindows(policy) ? closest : null;
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

    private static (int First, int Second) FindPair(List<(byte[] Ids, WindowTarget Target)> groups, WindowPolicy policy)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            for (var k = i + 1; k < groups.Count; k++)
            {
                if (MayJoin(groups[i].Target, groups[k].Target, groups.Count, policy))
                {
                    return (i, k);
                }
            }
        }

        if (groups.Count <= MostWindows(policy))
        {
            return (-1, -1);
        }

        var (most, closest) = (0.0, (-1, -1));
        for (var i = 0; i < groups.Count; i++)
        {
            for (var k = i + 1; k < groups.Count; k++)
            {
                if (Closeness(groups[i].Target, groups[k].Target, policy) is var closeness && closeness > most)
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
