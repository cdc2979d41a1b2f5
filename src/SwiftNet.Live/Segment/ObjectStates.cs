using SwiftNet.Imaging.Extents;
using SwiftNet.Live.Control;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Segment;

/// <summary>Reads from each mask how the objects stand: a change is published at once, areas and boxes a few times a second.</summary>
internal sealed class ObjectStates(ObjectTable table, TimeProvider time)
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(250);
    private readonly ObjectExtents _extents = new();
    private long _measuredAt;

    /// <summary>Looks at a frame with its mask.</summary>
    public void See(Frame frame)
    {
        if (frame.Mask is not { } mask)
        {
            return;
        }

        var measured = time.GetElapsedTime(_measuredAt) >= s_period;
        if (measured)
        {
            Measure(frame, mask);
            table.Refresh([.. table.Current.Objects.Select(o => Find(mask, o.Id) is { } seen ? Stand(o, seen) : o)]);
        }

        for (var i = 0; i < mask.Objects.Count; i++)
        {
            if (table.Find(mask.Objects[i].Id) is { } before && Differs(before, mask.Objects[i]))
            {
                if (!measured)
                {
                    Measure(frame, mask);
                    measured = true;
                }

                var stands = Stand(before, mask.Objects[i]);
                var (state, refused) = Now(before, mask.Objects[i]);
                table.Tell(
                    stands with { State = state, Refused = refused, Since = state == before.State ? before.Since : time.GetUtcNow() });
            }
        }
    }

    private static ObjectConfidence? Find(FrameMask mask, byte id)
    {
        for (var i = 0; i < mask.Objects.Count; i++)
        {
            if (mask.Objects[i].Id == id)
            {
                return mask.Objects[i];
            }
        }

        return null;
    }

    private static bool Differs(FollowedObject before, ObjectConfidence seen) => Now(before, seen) != (before.State, before.Refused);

    // A user's command takes precedence over what the network finds.
    private static (ObjectCondition State, string? Refused) Now(FollowedObject before, ObjectConfidence seen) =>
        before.State is ObjectCondition.CatchingUp or ObjectCondition.Paused
            ? (before.State, before.Refused)
            : (ConditionOf(seen.State), WordOf(seen.Refusal));

    private static ObjectCondition ConditionOf(ObjectState state) => state switch
    {
        ObjectState.Occluded => ObjectCondition.Occluded,
        ObjectState.Lost => ObjectCondition.Lost,
        ObjectState.Recovered => ObjectCondition.Recovered,
        _ => ObjectCondition.Tracking,
    };

    private static string? WordOf(MaskRefusal refusal) => refusal switch
    {
        MaskRefusal.Flood => "flood",
        MaskRefusal.Jump => "jump",
        _ => null,
    };

    private void Measure(Frame frame, FrameMask mask)
    {
        _measuredAt = time.GetTimestamp();
        _extents.Measure(mask.Part);
    }

    private FollowedObject Stand(FollowedObject before, ObjectConfidence seen)
    {
        ref readonly var extent = ref _extents[before.Id];
        return before with
        {
            Confidence = Math.Round(seen.Confidence, 4),
            Area = extent.Area,
            Box = extent.Area == 0 ? null : [extent.Left, extent.Top, extent.Right - extent.Left, extent.Bottom - extent.Top],
        };
    }
}
