using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Memory;

/// <summary>
/// One object's memory pixels, in one block: the previous frame's, then the trusted frames' (the first one, then references), then a ring
/// of updates. The paper's memory grows without end; this one overwrites its oldest update, never the first frame.
/// </summary>
internal sealed class ObjectMemory : IDisposable
{
    /// <summary>Trusted references kept besides the first frame; of more, the oldest goes. Each costs a match as much as the previous frame does.</summary>
    public const int MaxReferences = 3;

    // What the latest look takes of each frame's.
    private static readonly Scalar s_followed = 0.1;

    private readonly int _cells;
    private readonly int _updatePixels;
    private readonly int _slots;
    private torch.Tensor _keys;
    private torch.Tensor _values;
    private int _trusted;
    private bool _hasPrevious;
    private long _updates;

    /// <summary>Makes the block.</summary>
    /// <param name="id">The object's id.</param>
    /// <param name="cells">Memory pixels a frame, h·w.</param>
    /// <param name="updatePixels">Pixels that one update adds.</param>
    /// <param name="slots">Updates held at once.</param>
    /// <param name="layout">Device and format of the values; keys are float32.</param>
    /// <param name="trusted">Trusted frames that there is room for from the beginning: the first one, and references.</param>
    public ObjectMemory(byte id, int cells, int updatePixels, int slots, NetworkLayout layout, int trusted = 1)
    {
        Id = id;
        _cells = cells;
        _updatePixels = updatePixels;
        _slots = slots;
        _trusted = trusted;
        var rows = Ring + (slots * updatePixels);
        _keys = torch.zeros([rows, KeyValueHead.KeyChannels], torch.float32, layout.Device).DetachFromDisposeScope();
        _values = torch.zeros([rows, KeyValueHead.ValueChannels], layout.ValueType, layout.Device).DetachFromDisposeScope();
        PreviousGround = torch.zeros([cells], torch.float32, layout.Device).DetachFromDisposeScope();
        Looks = torch.zeros([2, Sights.Looks.Channels], torch.float32, layout.Device).DetachFromDisposeScope();
    }

    /// <summary>The object's id.</summary>
    public byte Id { get; }

    /// <summary>What it looks like: on the newest trusted frame, and lately; float32 <c>[2, 256]</c>.</summary>
    public torch.Tensor Looks { get; }

    /// <summary>Memory pixels stored, the trusted frames' included, the previous frame's not.</summary>
    public int Stored => (_trusted * _cells) + ((int)Math.Min(_updates, _slots) * _updatePixels);

    /// <summary>Memory pixels that the next match reads.</summary>
    public int Matched => Stored + (_hasPrevious ? _cells : 0);

    /// <summary>What is held.</summary>
    public MemoryContent Content => new(_trusted, _hasPrevious, _updates);

    /// <summary>The row that the updates begin at.</summary>
    private int Ring => (1 + _trusted) * _cells;

    /// <summary>Keys that match reads, <c>[Matched, 32]</c>: a view.</summary>
    public torch.Tensor MatchedKeys => _keys.narrow(0, _hasPrevious ? 0 : _cells, Matched);

    /// <summary>Values that match reads, <c>[Matched, 128]</c>: a view.</summary>
    public torch.Tensor MatchedValues => _values.narrow(0, _hasPrevious ? 0 : _cells, Matched);

    /// <summary>Keys in memory, without the previous frame's, <c>[Stored, 32]</c>: a view.</summary>
    public torch.Tensor StoredKeys => _keys.narrow(0, _cells, Stored);

    /// <summary>Values in memory, without the previous frame's, <c>[Stored, 128]</c>: a view.</summary>
    public torch.Tensor StoredValues => _values.narrow(0, _cells, Stored);

    /// <summary>The previous frame's pixels, as <see cref="SetPrevious"/> got them.</summary>
    public KeysValues Previous => new(_keys.narrow(0, 0, _cells), _values.narrow(0, 0, _cells));

    /// <summary>How much of each of the previous frame's pixels was not the object, float32 <c>[h·w]</c>, 0 to 1; 0 where that is not known.</summary>
    public torch.Tensor PreviousGround { get; }

    /// <summary>Pixels chosen of the previous frame, due to be appended; <c>[count]</c>, or null.</summary>
    public torch.Tensor? Pending { get; private set; }

    /// <summary>Whether updates of that size and number are what there is room for.</summary>
    public bool HasRoom(int updatePixels, int slots) => (updatePixels, slots) == (_updatePixels, _slots);

    /// <summary>Fills an empty memory with what <see cref="MatchedKeys"/>, <see cref="MatchedValues"/>, <see cref="PreviousGround"/> and <see cref="Pending"/> of another gave.</summary>
    public void Restore(MemoryContent content, torch.Tensor keys, torch.Tensor values, torch.Tensor? ground, torch.Tensor? pending)
    {
        SetGround(ground);
        (_trusted, _hasPrevious, _updates) = content;
        Store(content.Previous ? 0 : _cells, keys, values);
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
    public void SetFirst(torch.Tensor keys, torch.Tensor values) => Store(_cells, keys, values);

    /// <summary>
    /// Stores a trusted reference whole, keys <c>[h·w, 32]</c>, values <c>[h·w, 128]</c>; the oldest one goes when there are too many. It is
    /// what the next step takes for the previous frame, too, so that the one there was and what is due of it go.
    /// </summary>
    public void AddReference(torch.Tensor keys, torch.Tensor values)
    {
        _keys = WithReference(_keys, keys);
        _values = WithReference(_values, values);
        _trusted = Math.Min(_trusted, MaxReferences) + 1;
        _hasPrevious = false;
        SetPending(null);
    }

    /// <summary>Stores the frame that serves whole as the next step's previous one.</summary>
    public void SetPrevious(torch.Tensor keys, torch.Tensor values, torch.Tensor? ground)
    {
        Store(0, keys, values);
        SetGround(ground);
        _hasPrevious = true;
    }

    /// <summary>Remembers which pixels of the previous frame are due; takes <paramref name="rows"/> over.</summary>
    public void SetPending(torch.Tensor? rows)
    {
        Pending?.Dispose();
        Pending = rows?.DetachFromDisposeScope();
    }

    /// <summary>Appends chosen pixels, keys <c>[count, 32]</c> and values <c>[count, 128]</c>, over the oldest update once all slots are taken.</summary>
    public void Append(torch.Tensor keys, torch.Tensor values)
    {
        if (_slots == 0)
        {
            return;
        }

        Store(Ring + ((int)(_updates % _slots) * _updatePixels), keys, values);
        _updates++;
    }

    /// <summary>Takes over the trusted frames of the same object's memory, which is for frames of the same size.</summary>
    public void TakeTrusted(ObjectMemory other)
    {
        SetFirst(other.StoredKeys.narrow(0, 0, _cells), other.StoredValues.narrow(0, 0, _cells));
        for (var i = 1; i < other._trusted; i++)
        {
            AddReference(other.StoredKeys.narrow(0, i * _cells, _cells), other.StoredValues.narrow(0, i * _cells, _cells));
        }
    }

    /// <summary>Takes over the newest updates of the same object's memory, as many whole ones as there is room for. Theirs may be of another size.</summary>
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

    /// <summary>Takes over the previous frame of the same object's memory, and what is due of it. Both are for frames of the same size.</summary>
    public void TakePrevious(ObjectMemory other)
    {
        if (other._hasPrevious)
        {
            SetPrevious(other.Previous.Keys, other.Previous.Values, other.PreviousGround);
            SetPending(other.Pending?.alias());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _keys.Dispose();
        _values.Dispose();
        PreviousGround.Dispose();
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
            : torch.cat([updates.narrow(0, oldest * _updatePixels, (held - oldest) * _updatePixels), updates.narrow(0, 0, oldest * _updatePixels)]);
    }

    /// <summary>The block with a further trusted frame, the oldest reference left out where there are too many. The old block is freed.</summary>
    private torch.Tensor WithReference(torch.Tensor block, torch.Tensor added)
    {
        using var scope = torch.NewDisposeScope();
        using (block)
        {
            var kept = _trusted > MaxReferences ? 3 * _cells : 2 * _cells;
            return torch.cat([block.narrow(0, 0, 2 * _cells), block.narrow(0, kept, Ring - kept), added.to(block.dtype), block.narrow(0, Ring, block.shape[0] - Ring)]).DetachFromDisposeScope();
        }
    }

    private void SetGround(torch.Tensor? ground)
    {
        using var scope = torch.NewDisposeScope();
        _ = ground is null ? PreviousGround.zero_() : PreviousGround.copy_(ground);
    }

    private void Store(int row, torch.Tensor keys, torch.Tensor values)
    {
        using var scope = torch.NewDisposeScope();
        _keys.narrow(0, row, keys.shape[0]).copy_(keys);
        _values.narrow(0, row, values.shape[0]).copy_(values);
    }
}
