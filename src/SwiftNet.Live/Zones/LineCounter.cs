using System.Numerics;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Zones;

/// <summary>Finds and counts the crossings of a line. An object is on the side where most of its pixels are; it crosses the line when its
/// centre goes to the other side between the line's two points, and not when it goes around its ends.</summary>
/// <param name="shape">The line.</param>
/// <param name="isDrawn">Whether it was drawn on the page.</param>
internal sealed class LineCounter(ZoneShape shape, bool isDrawn) : ShapeCounter(shape, isDrawn)
{
    private static readonly ZoneChange[] s_kinds = [ZoneChange.Forward, ZoneChange.Backward];
    private readonly Vector2 _from = Of(shape.Points[0]);
    private readonly Vector2 _along = Of(shape.Points[1]) - Of(shape.Points[0]);
    private readonly State[] _states = new State[256];

    /// <inheritdoc/>
    public override IReadOnlyList<ZoneChange> Kinds => s_kinds;

    /// <inheritdoc/>
    public override void See(in Sight sight, ZonesOptions options, List<ZoneEvent> events)
    {
        ref var state = ref _states[sight.Id];
        var (right, left) = (options.CrossShare, 1 - options.CrossShare);
        if (!state.IsKnown)
        {
            if (sight.Share >= right || sight.Share <= left)
            {
                state.IsRight.Set(sight.Share >= right, sight.Now);
                (state.IsKnown, state.Before) = (true, sight.Centre);
            }

            return;
        }

        var wasChanging = state.IsRight.IsChanging;
        var changes = state.IsRight.Observe(sight.Share, right, left, TimeSpan.FromMilliseconds(options.SettleMilliseconds), sight.Now);
        if (!wasChanging && (changes || state.IsRight.IsChanging))
        {
            state.Behind = sight.Centre;
        }

        if (changes && IsBetweenThePoints(state.Before, state.Behind))
        {
            events.Add(Happened(state.IsRight.IsOn ? ZoneChange.Forward : ZoneChange.Backward, sight.Id));
        }

        // The last centre that is clearly on the object's side.
        if (!state.IsRight.IsChanging && (state.IsRight.IsOn ? sight.Share >= right : sight.Share <= left))
        {
            state.Before = sight.Centre;
        }
    }

    /// <inheritdoc/>
    public override void Lose(byte id, TimeSpan now, List<ZoneEvent> events) => _states[id] = default;

    private bool IsBetweenThePoints(Vector2 before, Vector2 behind)
    {
        var (start, end) = (Distance(before), Distance(behind));

        // A bent mask can have its centre on the other side than most of its pixels.
        var share = start * end < 0 ? start / (start - end) : 0.5f;
        var at = Vector2.Dot(Vector2.Lerp(before, behind, share) - _from, _along) / _along.LengthSquared();
        return at is >= 0 and <= 1;
    }

    // To the endless line, times its length.
    private float Distance(Vector2 point) => (_along.X * (point.Y - _from.Y)) - (_along.Y * (point.X - _from.X));

    private static Vector2 Of(ZonePoint point) => new((float)point.X, (float)point.Y);

    private struct State
    {
        public bool IsKnown;
        public Latch IsRight;
        public Vector2 Before;
        public Vector2 Behind;
    }
}
