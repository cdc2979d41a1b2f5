using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Memory;

/// <summary>
/// One object's memory pixels, in one block: the previous frame's, then the trusted frames' (the first one, then references), then a ring
/// of updates. The paper's memory grows without end; this one overwrites its oldest update, never the first frame.
/// </summary>
internal sealed class ObjectMemory : IDisposable
{
    /// <summary>Trusted references kept besides the first frame; of more, the oldest goes. Each costs a match as much as the previous frame
    /// does.</summary>
    public const int MaxReferences = 3;

    // What the latest look takes of each frame's.
    private static readonly Scalar s_followed = 0.1;

    private readonly int _room;
    private readonly int _updatePixels;
    private readonly int _slots;
    private readonly List<int> _trusted;
    private readonly torch.Tensor _previousGround;
    private torch.Tensor _keys;
    private torch.Tensor _values;
    private int _previous;
    private long _updates;

    /// <summary>Makes the block.</summary>
    /// <param name="id">The object's id.</param>
    /// <param name="room">Memory pixels of a previous frame that there is room for.</param>
    /// <param name="updatePixels">Pixels that one update adds.</param>
    /// <param name="slots">Updates held at once.</param>
    /// <param name="layout">Device and format of the values; keys are float32.</param>
    /// <param name="trusted">Memory pixels of each trusted frame that there is room for from the beginning: the first one, and references.
    /// A memory pixel is what a place looks like, wherever it is, so frames of any size may stand beside one another.</param>
    public ObjectMemory(byte id, int room, int updatePixels, int slots, NetworkLayout layout, params IEnumerable<int> trusted)
    {
        Id = id;
        _room = room;
        _updatePixels = updatePixels;
        _slots = slots;
        _trusted = [.. trusted];
        var rows = Ring + (slots * updatePixels);
        _keys = torch.zeros([rows, KeyValueHead.KeyChannels], torch.float32, layout.Device).DetachFromDisposeScope();
        _values = torch.zeros([rows, KeyValueHead.ValueChannels], layout.ValueType, layout.Device).DetachFromDisposeScope();
        _previousGround = torch.zeros([room], torch.float32, layout.Device).DetachFromDisposeScope();
        Looks = torch.zeros([2, Sights.Looks.Channels], torch.float32, layout.Device).DetachFromDisposeScope();
    }

    /// <summary>The object's id.</summary>
    public byte Id { get; }

    /// <summary>What it looks like: on the newest trusted frame, and lately; float32 <c>[2, 256]</c>.</summary>
    public torch.Tensor Looks { get; }

    /// <summary>Memory pixels stored, the trusted frames' included, the previous frame's not.</summary>
    public int Stored => TrustedRows + ((int)Math.Min(_updates, _slots) * _updatePixels);

    /// <summary>Memory pixels that the next match reads.</summary>
    public int Matched => Stored + _previous;

    /// <summary>What is held.</summary>
    public MemoryContent Content => new([.. _trusted], _previous, _updates);

    /// <summary>The row that the updates begin at.</summary>
    private int Ring => _room + TrustedRows;

    private int TrustedRows
    {
        get
        {
            var rows = 0;
            foreach (var frame in _trusted)
            {
                rows += frame;
            }

            return rows;
        }
    }

    /// <summary>Keys that match reads, <c>[Matched, 32]</c>: a view.</summary>
    public torch.Tensor MatchedKeys => _keys.narrow(0, _room - _previous, Matched);

    /// <summary>Values that match reads, <c>[Matched, 128]</c>: a view.</summary>
    public torch.Tensor MatchedValues => _values.narrow(0, _room - _previous, Matched);

    /// <summary>Keys in memory, without the previous frame's, <c>[Stored, 32]</c>: a view.</summary>
    public torch.Tensor StoredKeys => _keys.narrow(0, _room, Stored);

    /// <summary>Values in memory, without the previous frame's, <c>[Stored, 128]</c>: a view.</summary>
    public torch.Tensor StoredValues => _values.narrow(0, _room, Stored);

    /// <summary>The previous frame's pixels, as <see cref="SetPrevious"/> got them.</summary>
    public KeysValues Previous => new(_keys.narrow(0, _room - _previous, _previous), _values.narrow(0, _room - _previous, _previous));

    /// <summary>How much of each of the previous frame's pixels was not the object, float32 <c>[h·w]</c>, 0 to 1; 0 where that is not
    /// known.</summary>
    public torch.Tensor PreviousGround => _previousGround.narrow(0, _room - _previous, _previous);

    /// <summary>Pixels chosen of the previous frame, due to be appended; <c>[count]</c>, or null.</summary>
    public torch.Tensor? Pending { get; private set; }

    /// <summary>Whether a previous frame of that many pixels and updates of that size and number are what there is room for.</summary>
    public bool HasRoom(int room, int updatePixels, int slots) => (room, updatePixels, slots) == (_room, _updatePixels, _slots);

    /// <summary>Fills an empty memory with what <see cref="MatchedKeys"/>, <see cref="MatchedValues"/>, <see cref="PreviousGround"/> and
    /// <see cref="Pending"/> of another gave.</summary>
    public void Restore(MemoryContent content, torch.Tensor keys, torch.Tensor values, torch.Tensor? ground, torch.Tensor? pending)
    {
        (_previous, _updates) = (content.PreviousRows, content.Updates);
        SetGround(ground);
        Store(_room - _previous, keys, values);
        SetPending(pending);
    }

    /// <summary>Remembers what the object looks like on a trusted frame, <c>[1, 256]</c>.</summary>
    public void SetLook(torch.Tensor look) => Looks.copy_(look);

    /// <summary>Lets the latest look follow what the object looks like now, <c>[256]</c>.</summary>
    public void FollowLook(torch.Tensor look)
    {
        using var scope = torch.NewDisposeScope();
        var lately = Looks.narrow(0, 1, 1);
        lately.copy_(Sights.Looks.Unit(lately.add(look.sub(lately), s_followed)));
    }

    /// <summary>Stores the object's first frame whole: keys <c>[h·w, 32]</c>, values <c>[h·w, 128]</c>.</summary>
    public void SetFirst(torch.Tensor keys, torch.Tensor values) => Store(_room, keys, values);

    /// <summary>
    /// Stores a trusted reference whole, keys <c>[h·w, 32]</c>, values <c>[h·w, 128]</c>; the oldest one goes when there are too many. It
    /// is what the next step takes for the previous frame, too, so that the one there was and what is due of it go.
    /// </summary>
    public void AddReference(torch.Tensor keys, torch.Tensor values)
    {
        _keys = WithReference(_keys, keys);
        _values = WithReference(_values, values);
        if (_trusted.Count > MaxReferences)
        {
            _trusted.RemoveAt(1);
        }

        _trusted.Add((int)keys.shape[0]);
        _previous = 0;
        SetPending(null);
    }

    /// <summary>Stores the frame that serves whole as the next step's previous one.</summary>
    public void SetPrevious(torch.Tensor keys, torch.Tensor values, torch.Tensor? ground)
    {
        _previous = (int)keys.shape[0];
        Store(_room - _previous, keys, values);
        SetGround(ground);
    }

    /// <summary>Remembers which pixels of the previous frame are due; takes <paramref name="rows"/> over.</summary>
    public void SetPending(torch.Tensor? rows)
    {
        Pending?.Dispose();
        Pending = rows?.DetachFromDisposeScope();
    }

    /// <summary>Appends the pixels that are due of the previous frame.</summary>
    public void AppendPending()
    {
        if (Pending is { } rows)
        {
            using var scope = torch.NewDisposeScope();
            Append(Previous.Keys.index_select(0, rows), Previous.Values.index_select(0, rows));
            SetPending(null);
        }
    }

    /// <summary>Appends chosen pixels, keys <c>[count, 32]</c> and values <c>[count, 128]</c>, over the oldest update once all slots are
    /// taken.</summary>
    public void Append(torch.Tensor keys, torch.Tensor values)
    {
        if (_slots == 0)
        {
            return;
        }

        Store(Ring + ((int)(_updates % _slots) * _updatePixels), keys, values);
        _updates++;
    }

    /// <summary>Takes over the trusted frames of the same object's memory, or others in their place, of which keys and values are batches
    /// of one; there is room for just these.</summary>
    public void TakeTrusted(ObjectMemory other, IReadOnlyList<KeysValues?>? others = null)
    {
        var (from, to) = (0, _room);
        for (var i = 0; i < _trusted.Count; i++)
        {
            if (others?[i] is { } another)
            {
                Store(to, another.Keys[0], another.Values[0]);
            }
            else
            {
                Store(to, other.StoredKeys.narrow(0, from, _trusted[i]), other.StoredValues.narrow(0, from, _trusted[i]));
            }

            (from, to) = (from + other._trusted[i], to + _trusted[i]);
        }
    }

    /// <summary>Takes over the newest updates of the same object's memory, as many whole ones as there is room for. Theirs may be of
    /// another size.</summary>
    public void TakeUpdates(ObjectMemory other)
    {
        using var scope = torch.NewDisposeScope();
        var held = (int)Math.Min(other._updates, other._slots);
        var taken = Math.Min(held * other._updatePixels / _updatePixels, _slots);
        if (taken == 0)
        {
            return;
        }

        var rows = taken * _updatePixels;
        var (keys, values) = (other.InOrder(other._keys, held), other.InOrder(other._values, held));
        Store(Ring, keys.narrow(0, keys.shape[0] - rows, rows), values.narrow(0, values.shape[0] - rows, rows));
        _updates = taken;
    }

    /// <summary>Takes over the previous frame of the same object's memory, and what is due of it where updates have the same
    /// size.</summary>
    public void TakePrevious(ObjectMemory other)
    {
        if (other._previous > 0)
        {
            SetPrevious(other.Previous.Keys, other.Previous.Values, other.PreviousGround);
            SetPending(_updatePixels == other._updatePixels ? other.Pending?.alias() : null);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _keys.Dispose();
        _values.Dispose();
        _previousGround.Dispose();
        Looks.Dispose();
        Pending?.Dispose();
    }

    /// <summary>The updates' rows, the oldest first.</summary>
    private torch.Tensor InOrder(torch.Tensor rows, int held)
    {
        var oldest = held < _slots ? 0 : (int)(_updates % _slots);
        var updates = rows.narrow(0, Ring, held * _updatePixels);
        return oldest == 0
            ? updates
            : torch.cat(
                [updates.narrow(0, oldest * _updatePixels, (held - oldest) * _updatePixels), updates.narrow(0, 0, oldest * _updatePixels)]);
    }

    /// <summary>The block with a further trusted frame, the oldest reference left out where there are too many. The old block is
    /// freed.</summary>
    private torch.Tensor WithReference(torch.Tensor block, torch.Tensor added)
    {
        using var scope = torch.NewDisposeScope();
        using (block)
        {
            var first = _room + _trusted[0];
            var kept = _trusted.Count > MaxReferences ? first + _trusted[1] : first;
            return torch
                .cat(
                    [
                        block.narrow(0, 0, first), block.narrow(0, kept, Ring - kept), added.to(block.dtype),
                        block.narrow(0, Ring, block.shape[0] - Ring),
                    ])
                .DetachFromDisposeScope();
        }
    }

    private void SetGround(torch.Tensor? ground)
    {
        using var scope = torch.NewDisposeScope();
        _ = ground is null ? _previousGround.zero_() : PreviousGround.copy_(ground);
    }

    private void Store(int row, torch.Tensor keys, torch.Tensor values)
    {
        using var scope = torch.NewDisposeScope();
        _keys.narrow(0, row, keys.shape[0]).copy_(keys);
        _values.narrow(0, row, values.shape[0]).copy_(values);
    }
}
