using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Control;
using SwiftNet.Live.Segment;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Segment;

public sealed class ObjectStatesTests
{
    private readonly FakeTimeProvider _time = new(Frames.Noon);
    private readonly ObjectEventBroadcaster _objectEvents = new();
    private readonly ObjectTable _table;
    private readonly ObjectStates _states;

    public ObjectStatesTests()
    {
        _table = new ObjectTable("yard", _objectEvents, _time);
        _states = new ObjectStates(_table, _time);
        _table.Add(_table.Begin(3, "cup", null, ObjectCondition.Tracking, 0));
    }

    [Fact]
    public void What_the_network_finds_is_told_once_with_its_time_and_leaves_the_revision_as_it_is()
    {
        var told = _objectEvents.Subscribe();
        See(new ObjectConfidence(3, 0.9f));
        Assert.False(told.Reader.TryRead(out _));

        _time.Advance(TimeSpan.FromSeconds(1));
        See(new ObjectConfidence(3, 0.9f) { State = ObjectState.Lost, Refusal = MaskRefusal.Flood });
        See(new ObjectConfidence(3, 0.9f) { State = ObjectState.Lost, Refusal = MaskRefusal.Flood });
        Assert.True(told.Reader.TryRead(out var news));
        Assert.Equal(
            ("state", ObjectCondition.Lost, "flood", Frames.Noon.AddSeconds(1), 1L),
            (news.Change, news.Object!.State, news.Object.Refused, news.Object.Since, news.Revision));
        Assert.False(told.Reader.TryRead(out _));

        _time.Advance(TimeSpan.FromSeconds(1));
        See(new ObjectConfidence(3, 0.8f) { State = ObjectState.Recovered });
        var now = Assert.Single(_table.Current.Objects);
        Assert.Equal(
            (ObjectCondition.Recovered, null, Frames.Noon.AddSeconds(2), 0.8, 100),
            (now.State, now.Refused, now.Since, now.Confidence, now.Area));
        Assert.Equal([5, 6, 10, 10], now.Box);
    }

    [Fact]
    public void What_somebody_has_commanded_stands_above_it()
    {
        _table.Change(_table.Get(3) with { State = ObjectCondition.Paused });
        See(new ObjectConfidence(3, 0) { State = ObjectState.Lost });
        Assert.Equal(ObjectCondition.Paused, _table.Get(3).State);
    }

    private void See(ObjectConfidence seen)
    {
        using var frame = Frames.Plain(60, 20, (0, 0, 0)).With(Frames.Box(60, 20, 3, 5, 6, 10, 10), objects: seen);
        _states.See(frame);
    }
}
