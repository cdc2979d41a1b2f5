using System.Numerics;
using System.Runtime.InteropServices;
using SwiftNet.Network;
using SwiftNet.Weights;
using TorchSharp;
using Architecture = SwiftNet.Weights.Architecture;

namespace SwiftNet.Training.Network;

/// <summary>
/// The float32 weights under training, in one contiguous block, with one autograd leaf per tensor of the weights file.
/// BatchNorm is folded into the convolutions on loading; its bias remains trainable, the rest is constant.
/// </summary>
internal sealed class MasterWeights : IDisposable
{
    private readonly torch.Tensor _block;
    private readonly Dictionary<string, torch.Tensor> _leaves = [];
    private readonly Dictionary<string, torch.Tensor> _constants = [];

    /// <summary>Loads the values of a weights file.</summary>
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="tensors">The file's tensors.</param>
    /// <param name="metadata">The file's metadata.</param>
    /// <exception cref="WeightsException">The tensors do not belong to this network.</exception>
    public MasterWeights(string path, IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Architecture = Architecture.Check(path, tensors, metadata);
        var shapes = NetworkTensors.Of(Architecture.Backbone).Shapes;
        Layout = ParameterLayout.Of(shapes);
        var folded = new FoldedWeights(tensors, shapes);
        _block = torch.zeros([Layout.Count], torch.float32).DetachFromDisposeScope();
        foreach (var parameter in Layout.Parameters)
        {
            folded.Values(parameter.Name).CopyTo(Values.Slice(parameter.Offset, parameter.Count));
            using var view = _block.narrow(0, parameter.Offset, parameter.Count);
            using var shaped = view.view([.. parameter.Shape]);
            _leaves.Add(parameter.Name, shaped.detach().requires_grad_().DetachFromDisposeScope());
        }

        foreach (var (name, shape) in shapes.Where(s => !_leaves.ContainsKey(s.Key)))
        {
            _constants.Add(name, torch.tensor(FoldedWeights.Constant(name, shape), [.. shape]).DetachFromDisposeScope());
        }
    }

    /// <summary>The architecture of the weights.</summary>
    public Architecture Architecture { get; }

    /// <summary>Position of each parameter in the block.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>The block of all trainable values.</summary>
    public Span<float> Values => MemoryMarshal.Cast<byte, float>(_block.bytes);

    /// <summary>Whether gradients are computed for the backbone; if not, its features are computed without an autograd graph.</summary>
    public bool BackboneLearns
    {
        set
        {
            foreach (var parameter in Layout.Parameters.Where(p => p.Part == NetworkPart.Backbone))
            {
                _leaves[parameter.Name].requires_grad_(value);
            }
        }
    }

    /// <summary>Builds the network with the current weights, in a new autograd graph; the caller disposes it after the backward
    /// pass.</summary>
    public SwiftNetModel Network(NetworkLayout layout) =>
        SwiftNetModel.Build(Read, name => _leaves.ContainsKey(name) || _constants.ContainsKey(name), layout, Architecture);

    /// <summary>Adds all gradients to a block laid out like <see cref="Values"/>, and clears them.</summary>
    public void AddGradients(Span<float> to)
    {
        foreach (var parameter in Layout.Parameters)
        {
            using var gradient = _leaves[parameter.Name].grad;
            if (gradient is null)
            {
                continue;
            }

            using var dense = gradient.contiguous();
            Add(to.Slice(parameter.Offset, parameter.Count), MemoryMarshal.Cast<byte, float>(dense.bytes));
            gradient.zero_();
        }
    }

    /// <summary>Converts a block laid out like <see cref="Values"/> to the tensors of a weights file.</summary>
    public Dictionary<string, StoredTensor> Export(ReadOnlySpan<float> block)
    {
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var parameter in Layout.Parameters)
        {
            tensors.Add(parameter.Name, StoredTensor.From(block.Slice(parameter.Offset, parameter.Count), [.. parameter.Shape]));
        }

        foreach (var (name, tensor) in _constants)
        {
            tensors.Add(name, StoredTensor.From(tensor));
        }

        return tensors;
    }

    /// <summary>The autograd leaf of a parameter; owned by this object.</summary>
    internal torch.Tensor Leaf(string name) => _leaves[name];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _leaves.Values.Concat(_constants.Values))
        {
            tensor.Dispose();
        }

        _block.Dispose();
    }

    private static void Add(Span<float> sum, ReadOnlySpan<float> numbers)
    {
        var i = 0;
        for (; i <= sum.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(sum[i..]) + new Vector<float>(numbers[i..])).CopyTo(sum[i..]);
        }

        for (; i < sum.Length; i++)
        {
            sum[i] += numbers[i];
        }
    }

    private torch.Tensor Read(string name) => (_leaves.TryGetValue(name, out var leaf) ? leaf : _constants[name]).alias();
}
