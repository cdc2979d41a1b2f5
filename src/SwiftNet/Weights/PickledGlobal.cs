namespace SwiftNet.Weights;

/// <summary>A Python name that a pickle may ask for. What it would call is done here, for tensors and tables alone; Python is never
/// imitated further.</summary>
internal abstract record PickledGlobal
{
    private const int MostSides = 16;

    /// <summary>The type of a storage; it is named, never called.</summary>
    public sealed record StorageType(ElementType Type) : PickledGlobal;

    /// <summary>Something that is called with a tuple.</summary>
    public sealed record Function(Func<object?[], object?> Call) : PickledGlobal;

    /// <summary>The meaning of a name.</summary>
    /// <exception cref="InvalidDataException">Any name but those of tensors and tables.</exception>
    public static PickledGlobal Find(string module, string name) => (module, name) switch
    {
        ("torch._utils", "_rebuild_tensor_v2") => new Function(RebuildTensor),
        ("torch._utils", "_rebuild_parameter") => new Function(RebuildParameter),
        ("collections", "OrderedDict") => new Function(NewOrderedDict),
        ("torch", "Size") => new Function(NewSize),
        ("torch", "FloatStorage") => new StorageType(ElementType.Float32),
        ("torch", "DoubleStorage") => new StorageType(ElementType.Float64),
        ("torch", "HalfStorage") => new StorageType(ElementType.Float16),
        ("torch", "BFloat16Storage") => new StorageType(ElementType.BFloat16),
        ("torch", "BoolStorage") => new StorageType(ElementType.Bool),
        ("torch", "ByteStorage") => new StorageType(ElementType.UInt8),
        ("torch", "CharStorage") => new StorageType(ElementType.Int8),
        ("torch", "ShortStorage") => new StorageType(ElementType.Int16),
        ("torch", "IntStorage") => new StorageType(ElementType.Int32),
        ("torch", "LongStorage") => new StorageType(ElementType.Int64),
        _ => throw new InvalidDataException(
            $"its pickle asks for {Printable.Of(module)}.{Printable.Of(name)}; only tensors are taken from a "
                + "checkpoint, and nothing was run"),
    };

    // (storage, offset, size, stride, requires_grad, backward_hooks, and lately metadata)
    private static PickledTensor RebuildTensor(object?[] arguments) =>
        arguments is [PickledStorage storage, long offset, object?[] size, object?[] stride, bool, PickledDict, ..] && arguments.Length <= 7
        && Numbers(size) is { } shape && Numbers(stride) is { } strides && shape.Length == strides.Length
            ? new PickledTensor(storage, offset, shape, strides)
            : throw new InvalidDataException("its pickle describes a tensor in a way that torch.save does not");

    // (tensor, requires_grad, backward_hooks)
    private static PickledTensor RebuildParameter(object?[] arguments) =>
        arguments is [PickledTensor tensor, bool, PickledDict]
            ? tensor
            : throw new InvalidDataException("its pickle describes a parameter in a way that torch.save does not");

    // Always made empty and filled by the pickle, so that a table costs the file as many bytes as it has entries.
    private static PickledDict NewOrderedDict(object?[] arguments) =>
        arguments is []
            ? new PickledDict()
            : throw new InvalidDataException("its pickle makes an OrderedDict in a way that Python 3 does not; save the checkpoint again");

    private static object?[] NewSize(object?[] arguments) =>
        arguments is [object?[] sides] && Numbers(sides) is not null
            ? sides
            : throw new InvalidDataException("its pickle holds a torch.Size of something else than numbers");

    private static long[]? Numbers(object?[] items) =>
        items.Length <= MostSides && Array.TrueForAll(items, i => i is long) ? Array.ConvertAll(items, i => (long)i!) : null;
}
