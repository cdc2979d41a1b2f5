using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Zones;

/// <summary>An object's stay in a zone.</summary>
/// <param name="Id">The object's id.</param>
/// <param name="Since">The time in the video at which it came inside.</param>
/// <param name="Inside">Whether it is inside.</param>
/// <param name="Dwelled">Whether it has dwelled.</param>
/// <param name="Covered">Whether it covers the zone.</param>
internal readonly record struct Stay(byte Id, TimeSpan Since, bool Inside, bool Dwelled, bool Covered);

/// <summary>Finds and counts the events of a zone.</summary>
/// <param name="shape">The zone.</param>
/// <param name="isDrawn">Whether it was drawn on the page.</param>
internal sealed class ZoneCounter(ZoneShape shape, bool isDrawn) : ShapeCounter(shape, isDrawn)
{
    private static readonly ZoneChange[] s_kinds =
        [ZoneChange.Entered, ZoneChange.Left, ZoneChange.Dwelled, ZoneChange.Covered, ZoneChange.Uncovered];
    private readonly State[] _states = new State[256];
    private int _inside;

    /// <inheritdoc/>
    public override IReadOnlyList<ZoneChange> Kinds => s_kinds;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Inside => [.. Stays.Where(stay => stay.Inside).Select(stay => (int)stay.Id)];

    /// <summary>The objects that are inside or cover the zone.</summary>
    public IEnumerable<Stay> Stays
    {
        get
        {
            for (var id = 1; id < _states.Length; id++)
            {
                var state = _states[id];
                if (state.Enters.IsOn || state.Covers.IsOn)
                {
                    yield return new Stay((byte)id, state.Enters.ChangedAt, state.Enters.IsOn, state.Dwelled, state.Covers.IsOn);
                }
            }
        }
    }

    /// <summary>Goes on with an object's stay; no event.</summary>
    public void Restore(in Stay stay)
    {
        ref var state = ref _states[stay.Id];
        state.Enters.Set(stay.Inside, stay.Since);
        state.Covers.Set(stay.Covered, stay.Since);
        state.Dwelled = stay.Dwelled;
        _inside += stay.Inside ? 1 : 0;
    }

    /// <inheritdoc/>
    public override void See(in Sight sight, ZonesOptions options, List<ZoneEvent> events)
    {
        ref var state = ref _states[sight.Id];
        var settle = TimeSpan.FromMilliseconds(options.SettleMilliseconds);
        var since = state.Enters.ChangedAt;
        if (state.Enters.Observe(sight.Share, options.EnterShare, options.LeaveShare, settle, sight.Now))
        {
            Pass(ref state, sight.Id, since, events);
        }

        var stay = sight.Now - state.Enters.ChangedAt;
        if (state is { Enters: { IsOn: true, IsChanging: false }, Dwelled: false }
            && options.DwellSeconds > 0 && stay.TotalSeconds >= options.DwellSeconds)
        {
            state.Dwelled = true;
            events.Add(Happened(ZoneChange.Dwelled, sight.Id, _inside, stay));
        }

        if (state.Covers.Observe(sight.Cover, options.CoverShare, options.UncoverShare, settle, sight.Now))
        {
            events.Add(Happened(state.Covers.IsOn ? ZoneChange.Covered : ZoneChange.Uncovered, sight.Id, _inside));
        }
    }

    /// <inheritdoc/>
    public override void Lose(byte id, TimeSpan now, List<ZoneEvent> events)
    {
        ref var state = ref _states[id];
        if (state.Covers.IsOn)
        {
            events.Add(Happened(ZoneChange.Uncovered, id, _inside));
        }

        if (state.Enters.IsOn)
        {
            var since = state.Enters.ChangedAt;
            state.Enters.Set(false, now);
            Pass(ref state, id, since, events);
        }

        state = default;
    }

    // The object has come inside, or gone outside after it was inside since then.
    private void Pass(ref State state, byte id, TimeSpan since, List<ZoneEvent> events)
    {
        if (state.Enters.IsOn)
        {
            state.Dwelled = false;
            events.Add(Happened(ZoneChange.Entered, id, ++_inside));
        }
        else
        {
            events.Add(Happened(ZoneChange.Left, id, --_inside, state.Enters.ChangedAt - since));
        }
    }

    private struct State
    {
        public Latch Enters;
        public Latch Covers;
        public bool Dwelled;
    }
}
