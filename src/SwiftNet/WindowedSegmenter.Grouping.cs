using SwiftNet.Tracking;

namespace SwiftNet;

/// <content>Windows that join and split, and the plan for the next frame.</content>
public sealed partial class WindowedSegmenter
{
    private (WindowTracker First, WindowTracker Second)? _join;
    private (WindowTracker Tracker, byte Id)? _split;

    private void Plan(FrameImage frame, WindowPolicy policy)
    {
        _join = _split is null ? WindowGrouping.FindJoin(_trackers, policy) : null;
        if (_join is null && _split is null && WindowGrouping.FindSplit(_trackers, policy) is { } found)
        {
            _split = found;
        }

        ShareBudget();
        foreach (var tracker in _trackers)
        {
            if (_split is { } split && split.Tracker == tracker)
            {
                tracker.PlanSplit(frame, policy, split.Id);
            }
            else
            {
                tracker.Plan(frame, policy);
            }
        }

        if (_join is { } join)
        {
            var budget = Math.Min(policy.Budget, join.First.Budget + join.Second.Budget);
            var window = policy.Begin(join.First.Target!.Value.With(join.Second.Target!.Value), budget);
            join.First.Plan(frame, window);
            join.Second.Plan(frame, window);
        }
    }

    private void Regroup()
    {
        if (_join is { } join && _trackers.Contains(join.First) && _trackers.Contains(join.Second))
        {
            join.First.Move();
            join.Second.Move();
            Absorb(join.First, join.Second);
        }
        else if (_split is { } split && _trackers.Contains(split.Tracker)
            && split.Tracker.ActiveIds().Length > 1 && split.Tracker.Follows(split.Id))
        {
            _trackers.Add(split.Tracker.Split(split.Id));
        }

        (_join, _split) = (null, null);
    }
}
