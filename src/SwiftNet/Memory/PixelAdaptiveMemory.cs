using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Memory;

/// <summary>The pixel-adaptive memory of one video (paper 3.2): per object, since keys depend on the mask.</summary>
internal sealed class PixelAdaptiveMemory : IDisposable
{
    // Affinities are computed for so many query pixels at a time that one block stays below malloc's largest threshold for
    // mapping (32 MiB): the fewer blocks, the less often the values are repacked.
    private const int BlockElements = 7 << 20;
    private static readonly Scalar s_epsilon = 1e-8;

    private readonly MemoryOptions _options;
    private readonly NetworkLayout _layout;
    private readonly int _cells;
    private readonly List<ObjectMemory> _objects = [];
    private readonly Scalar _lessHandicap;

    /// <summary>Makes an empty memory for frames of <paramref name="cells"/> memory pixels.</summary>
    public PixelAdaptiveMemory(MemoryOptions options, int cells, NetworkLayout layout)
    {
        _options = options;
        _layout = layout;
        _cells = cells;
        _lessHandicap = -options.PreviousBackgroundPenalty;

        // hw − ⌊hw·(1 − β)⌋ in double arithmetic, at least one, as the published code counts.
        UpdatePixels = options.Update == UpdateKind.Full ? cells : Math.Max(1, cells - (int)Math.Floor(cells * (1 - options.Beta)));
        Slots = (int)((Math.Floor(options.CapacityFrames * cells) - cells) / UpdatePixels);
    }

    /// <summary>The objects, in order of id.</summary>
    public IReadOnlyList<ObjectMemory> Objects => _objects;

    /// <summary>Memory pixels that one update adds for each object.</summary>
    public int UpdatePixels { get; }

    /// <summary>Updates held for each object at once.</summary>
    public int Slots { get; }

    /// <summary>Adds an object with its first frame, stored whole: keys <c>[h·w, 32]</c>, values <c>[h·w, 128]</c>. The others stay as they
    /// are.</summary>
    public void Add(byte id, torch.Tensor keys, torch.Tensor values)
    {
        var added = new ObjectMemory(id, _cells, UpdatePixels, Slots, _layout, (int)keys.shape[0]);
        added.SetFirst(keys, values);
        Insert(added);
    }

    /// <summary>Stores a trusted frame of an object whole: its first one, which adds it, or a reference.</summary>
    public void AddTrusted(byte id, torch.Tensor keys, torch.Tensor values)
    {
        if (Find(id) is { } memory)
        {
            memory.AddReference(keys, values);
        }
        else
        {
            Add(id, keys, values);
        }
    }

    /// <summary>Adds a copy of an object's memory, which may be for frames of another size: as much of it as there is room for, the newest.
    /// The others stay as they are.</summary>
    /// <param name="other">The memory that is copied.</param>
    /// <param name="trusted">What is taken in place of its trusted frames, in their order, null for each that stays as it is; null where
    /// all do.</param>
    public void AddCopy(ObjectMemory other, IReadOnlyList<KeysValues?>? trusted = null)
    {
        using var scope = torch.NewDisposeScope();
        var content = other.Content;
        var rows = content.TrustedRows.Select((count, i) => trusted?[i] is { } another ? (int)another.Keys.shape[1] : count);
        var added = new ObjectMemory(other.Id, Math.Max(_cells, content.PreviousRows), UpdatePixels, Slots, _layout, rows);
        Insert(added);
        added.Looks.copy_(other.Looks);
        added.TakeTrusted(other, trusted);
        added.TakeUpdates(other);
        if (_options.PreviousFrame)
        {
            added.TakePrevious(other);
        }
    }

    /// <summary>Takes over an object's memory for frames of the same size: row for row where it has this one's room, else what there is
    /// room for.</summary>
    public void Put(ObjectMemory memory)
    {
        if (memory.HasRoom(_cells, UpdatePixels, Slots) && (_options.PreviousFrame || !memory.Content.Previous))
        {
            Insert(memory);
            return;
        }

        AddCopy(memory);
        memory.Dispose();
    }

    /// <summary>Forgets an object. The others stay as they are.</summary>
    public void Remove(byte id)
    {
        var removed = Of(id);
        _objects.Remove(removed);
        removed.Dispose();
    }

    /// <summary>An object's memory.</summary>
    public ObjectMemory Of(byte id) => Find(id) ?? throw new InvalidOperationException($"Memory holds no object {id}.");

    /// <summary>
    /// Match (paper 3.2.3): each query pixel's mean of the object's values, weighted by the softmax over memory of key affinity / √32, that
    /// of the previous frame's background less <see cref="MemoryOptions.PreviousBackgroundPenalty"/>.
    /// </summary>
    /// <param name="memory">The object.</param>
    /// <param name="query">Query keys already divided by √32, float32 <c>[h·w, 32]</c>.</param>
    /// <param name="read">Receives the result, <c>[h·w, 128]</c>.</param>
    /// <param name="handicap">Whether there is a handicap: where an object was lost, what was not it then is what speaks against a wrong
    /// one.</param>
    public void Read(ObjectMemory memory, torch.Tensor query, torch.Tensor read, bool handicap = true)
    {
        using var scope = torch.NewDisposeScope();
        var keys = memory.MatchedKeys.t();
        var values = memory.MatchedValues;
        var block = Block(query.shape[0], memory.Matched);
        for (long from = 0; from < query.shape[0]; from += block)
        {
            using var inner = torch.NewDisposeScope();
            var count = Math.Min(block, query.shape[0] - from);
            var affinity = query.narrow(0, from, count).mm(keys);
            if (handicap && memory.Matched > memory.Stored)
            {
                affinity.narrow(1, 0, memory.Matched - memory.Stored).add_(memory.PreviousGround, _lessHandicap);
            }

            var weights = affinity.softmax(1);
            read.narrow(0, from, count).copy_(weights.to(values.dtype).mm(values));
        }
    }

    /// <summary>
    /// Takes in the frame that was segmented last (paper 3.2.2). A frame that serves whole as the previous one is not in the memory
    /// as well, so with <see cref="MemoryOptions.PreviousFrame"/> what is due is appended one call later.
    /// </summary>
    /// <param name="frame">Keys <c>[N, h·w, 32]</c> and values <c>[N, h·w, 128]</c>.</param>
    /// <param name="due">Whether the frame is to be written.</param>
    /// <param name="ids">The objects that the frame is taken in for, a row each; all, in order of id, where none are named.</param>
    /// <param name="covered">What the objects cover of its pixels, float32 <c>[N, h·w]</c>, 0 to 1; null for nothing known, so that no
    /// pixel has a handicap.</param>
    /// <param name="certain">Where there is something to learn for them, float32 <c>[N, h·w, 1]</c>, 1 or 0; null for everywhere.</param>
    /// <returns>The pixels chosen for each object, <c>[N, UpdatePixels]</c> in raster order, of the current dispose scope; null when
    /// nothing is due.</returns>
    public torch.Tensor? Update(
        KeysValues frame, bool due, IReadOnlyList<byte>? ids = null, torch.Tensor? covered = null, torch.Tensor? certain = null)
    {
        using var scope = torch.NewDisposeScope();
        var chosen = due ? new torch.Tensor[ids?.Count ?? _objects.Count] : [];
        for (var i = 0; i < (ids?.Count ?? _objects.Count); i++)
        {
            var memory = ids is null ? _objects[i] : Of(ids[i]);
            memory.AppendPending();

            // A key of zeros is like nothing, so that next to nothing is read from it.
            var keys = certain is null ? frame.Keys[i] : frame.Keys[i].mul(certain[i]);
            var values = frame.Values[i];
            if (due)
            {
                chosen[i] = Choose(memory, keys, certain?[i]);
            }

            if (_options.PreviousFrame)
            {
                memory.SetPrevious(keys, values, covered?[i].neg().add_(Numbers.One, Numbers.One));
                memory.SetPending(due ? chosen[i].alias() : null);
            }
            else if (due)
            {
                memory.Append(keys.index_select(0, chosen[i]), values.index_select(0, chosen[i]));
            }
        }

        return due ? torch.stack(chosen).MoveToOuterDisposeScope() : null;
    }

    /// <summary>This memory, for frames of the same size, with another capacity: what is the newest of each object is kept. The result is
    /// the caller's.</summary>
    public PixelAdaptiveMemory Resized(MemoryOptions options)
    {
        var resized = new PixelAdaptiveMemory(options, _cells, _layout);
        foreach (var memory in _objects)
        {
            resized.AddCopy(memory);
        }

        return resized;
    }

    /// <summary>Takes over the newest updates of those objects' memory that are there, which may be for frames of another size: a memory
    /// pixel is what a place looks like, wherever it is.</summary>
    public void TakeUpdates(PixelAdaptiveMemory other)
    {
        foreach (var memory in _objects)
        {
            if (other.Find(memory.Id) is { } theirs)
            {
                memory.TakeUpdates(theirs);
            }
        }
    }

    /// <summary>Fills every update's place with pixels of the first frame, so that a measurement sees the full memory from its first frame
    /// on.</summary>
    public void Fill()
    {
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        foreach (var memory in _objects)
        {
            for (var slot = 0; slot < Slots; slot++)
            {
                memory.Append(memory.StoredKeys.narrow(0, 0, UpdatePixels), memory.StoredValues.narrow(0, 0, UpdatePixels));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var memory in _objects)
        {
            memory.Dispose();
        }

        _objects.Clear();
        _lessHandicap.Dispose();
    }

    /// <summary>
    /// Formula 8 (where the least similar are meant): each pixel's largest cosine similarity to any memory pixel, and the
    /// rows of the least similar ones in raster order. Of equally similar pixels the earlier is kept out.
    /// </summary>
    private torch.Tensor Choose(ObjectMemory memory, torch.Tensor keys, torch.Tensor? certain)
    {
        using var scope = torch.NewDisposeScope();
        if (UpdatePixels >= _cells)
        {
            using Scalar cells = _cells;
            return torch.arange(Numbers.Zero, cells, Numbers.One, torch.int64, keys.device).MoveToOuterDisposeScope();
        }

        var stored = Unit(memory.StoredKeys).t();
        var unit = Unit(keys);
        var similarity = torch.empty([_cells], torch.float32, keys.device);
        var block = (int)Block(_cells, stored.shape[1]);
        for (var from = 0; from < _cells; from += block)
        {
            using var inner = torch.NewDisposeScope();
            var count = Math.Min(block, _cells - from);
            similarity.narrow(0, from, count).copy_(unit.narrow(0, from, count).mm(stored).amax([1]));
        }

        if (certain is not null)
        {
            // No pixel is more similar than 1: those that nothing is to be learnt from come first, and thus are the last to be chosen.
            similarity.add_(certain.squeeze(1).neg().add_(Numbers.One, Numbers.One), Numbers.Two);
        }

        var order = torch.sort(similarity, 0, descending: true, stable: true).indices;
        return order.narrow(0, _cells - UpdatePixels, UpdatePixels).sort(0).Values.MoveToOuterDisposeScope();
    }

    private void Insert(ObjectMemory added)
    {
        var at = _objects.FindIndex(o => o.Id > added.Id);
        _objects.Insert(at < 0 ? _objects.Count : at, added);
    }

    private ObjectMemory? Find(byte id)
    {
        foreach (var memory in _objects)
        {
            if (memory.Id == id)
            {
                return memory;
            }
        }

        return null;
    }

    /// <summary>How many of so many query pixels are looked at together; all of them where they are few.</summary>
    private static long Block(long queries, long stored) => Math.Min(queries, Math.Max(16, BlockElements / stored));

    private static torch.Tensor Unit(torch.Tensor keys) => keys / keys.norm(1, keepdim: true, p: 2).clamp_min_(s_epsilon);
}
