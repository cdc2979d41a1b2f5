using SwiftNet.Network;
using TorchSharp;

namespace SwiftNet.Training.Network;

/// <summary>
/// The memory of a batch's objects (reference frame, selected pixels, previous frame), built from differentiable
/// operations. Clips are short, so nothing is evicted. Tensors belong to the step's dispose scope.
/// </summary>
/// <param name="beta">Share of a frame's pixels that an update adds.</param>
/// <param name="previousFrame">Whether the previous frame is part of memory.</param>
internal sealed class TrainingMemory(double beta, bool previousFrame)
{
    private static readonly Scalar s_keyScale = 1 / Math.Sqrt(KeyValueHead.KeyChannels);
    private static readonly Scalar s_epsilon = 1e-8;
    private readonly List<KeysValues> _stored = [];
    private KeysValues? _previous;
    private torch.Tensor? _affinityBias;
    private torch.Tensor? _pending;

    /// <summary>Memory pixels per object, without the previous frame.</summary>
    public long Stored => _stored.Sum(s => s.Keys.shape[1]);

    /// <summary>Stores the reference frame: keys <c>[M, h·w, 32]</c>, values <c>[M, h·w, 128]</c>.</summary>
    public void SetFirst(KeysValues frame) => _stored.Add(frame);

    /// <summary>Stores a reference frame of which only some cells are trusted; no further frame may be added.</summary>
    /// <param name="frame">Keys and values of all cells.</param>
    /// <param name="affinityBias">Added to the cells' affinities, <c>[M, 1, h·w]</c>.</param>
    public void SetFirst(KeysValues frame, torch.Tensor affinityBias)
    {
        _stored.Add(frame);
        _affinityBias = affinityBias;
    }

    /// <summary>Matches the query with memory: memory read-out and query value for each object.</summary>
    /// <param name="query">Keys <c>[B, h·w, 32]</c> and values <c>[B, h·w, 128]</c> of the frames.</param>
    /// <param name="objects">Objects per frame; M = B·objects.</param>
    /// <returns><c>[M, h·w, 256]</c>.</returns>
    public torch.Tensor Read(KeysValues query, int objects)
    {
        using var scope = torch.NewDisposeScope();
        var matched = _previous is { } previous ? [previous, .. _stored] : _stored;
        var keys = matched.Count == 1 ? matched[0].Keys : torch.cat(matched.ConvertAll(m => m.Keys), 1);
        var values = matched.Count == 1 ? matched[0].Values : torch.cat(matched.ConvertAll(m => m.Values), 1);
        var affinity = Repeat(query.Keys.mul(s_keyScale), objects).bmm(keys.transpose(1, 2));
        var weights = (_affinityBias is null ? affinity : affinity.add(_affinityBias, Numbers.One)).softmax(-1);
        var read = weights.to(values.dtype).bmm(values);
        return torch.cat([read, Repeat(query.Values, objects)], 2).MoveToOuterDisposeScope();
    }

    /// <summary>Adds a segmented frame. If the previous frame is part of memory, its selected pixels are stored one call later.</summary>
    public void Add(KeysValues frame, bool due)
    {
        if (_pending is { } rows && _previous is { } previous)
        {
            _stored.Add(Pick(previous, rows));
        }

        _pending = due ? Choose(frame.Keys) : null;
        if (previousFrame)
        {
            _previous = frame;
        }
        else if (_pending is { } chosen)
        {
            _stored.Add(Pick(frame, chosen));
            _pending = null;
        }
    }

    private static KeysValues Pick(KeysValues frame, torch.Tensor rows) => new(Pick(frame.Keys, rows), Pick(frame.Values, rows));

    private static torch.Tensor Pick(torch.Tensor pixels, torch.Tensor rows)
    {
        using var index = rows.unsqueeze(2).expand(-1, -1, pixels.shape[2]);
        return pixels.gather(1, index);
    }

    /// <summary>Indices <c>[M, count]</c> of the pixels least similar to memory, in raster order.</summary>
    private torch.Tensor Choose(torch.Tensor keys)
    {
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var cells = (int)keys.shape[1];
        var count = Math.Max(1, cells - (int)Math.Floor(cells * (1 - beta)));
        var stored = Unit(torch.cat(_stored.ConvertAll(s => s.Keys), 1)).transpose(1, 2);
        var similarity = Unit(keys).bmm(stored).amax([2]);
        var order = torch.sort(similarity, 1, descending: true, stable: true).indices;
        return order.narrow(1, cells - count, count).sort(1).Values.MoveToOuterDisposeScope();
    }

    private static torch.Tensor Unit(torch.Tensor keys) => keys / keys.norm(2, keepdim: true, p: 2).clamp_min_(s_epsilon);

    private static torch.Tensor Repeat(torch.Tensor pixels, int objects) =>
        objects == 1 ? pixels : pixels.unsqueeze(1).expand(-1, objects, -1, -1).flatten(0, 1);
}
