namespace SwiftNet.Weights;

/// <summary>What torch.save put into a file.</summary>
/// <param name="Root">The saved object.</param>
/// <param name="Storages">The bytes of the storages that its tensors view, by key.</param>
internal sealed record Checkpoint(object? Root, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Storages)
{
    // Copies of tensors that do not lie in order in their storage may not add up to more than the storages themselves.
    private long _copiesLeft = Storages.Values.Sum(bytes => (long)bytes.Length);

    /// <summary>The tensor's elements row by row: its storage's own bytes where they lie so, else a copy in order.</summary>
    /// <exception cref="InvalidDataException">The tensor reaches out of its storage, or takes more numbers than it has.</exception>
    public StoredTensor Resolve(PickledTensor tensor)
    {
        var (storage, offset, shape, strides) = tensor;
        var count = StoredTensor.CountOf(shape);
        if (count is null || offset < 0 || Array.Exists(strides, stride => stride < 0) || End(tensor) > storage.Count)
        {
            throw new InvalidDataException(
                $"a tensor of {StoredTensor.TextOf(shape)} lies outside of its storage of {storage.Count:N0} numbers");
        }

        if (count > storage.Count)
        {
            throw new InvalidDataException(
                $"a tensor of {StoredTensor.TextOf(shape)} repeats the {storage.Count:N0} numbers of its storage; save it contiguous");
        }

        var size = storage.Type.Size();
        var bytes = Storages[storage.Key];
        return new StoredTensor(storage.Type, shape, InOrder(shape, strides)
            ? bytes.Slice((int)offset * size, (int)count * size)
            : Reorder(bytes[((int)offset * size)..].Span, shape, strides, (int)count, size));
    }

    // One past the last number that the tensor takes.
    private static Int128 End(PickledTensor tensor)
    {
        Int128 last = tensor.Offset;
        for (var i = 0; i < tensor.Shape.Length; i++)
        {
            if (tensor.Shape[i] == 0)
            {
                return tensor.Offset;
            }

            last += (Int128)(tensor.Shape[i] - 1) * tensor.Strides[i];
        }

        return last + 1;
    }

    private static bool InOrder(long[] shape, long[] strides)
    {
        long expected = 1;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            if (shape[i] == 0)
            {
                return true;
            }

            // The stride of a side of one is never taken.
            if (shape[i] > 1 && strides[i] != expected)
            {
                return false;
            }

            expected *= shape[i];
        }

        return true;
    }

    private byte[] Reorder(ReadOnlySpan<byte> source, long[] shape, long[] strides, int count, int size)
    {
        _copiesLeft -= (long)count * size;
        if (_copiesLeft < 0)
        {
            throw new InvalidDataException("its tensors view their storages over and over; save them contiguous");
        }

        var result = new byte[count * size];
        var index = new long[shape.Length];
        long from = 0;
        for (var to = 0; to < result.Length; to += size)
        {
            source.Slice((int)from * size, size).CopyTo(result.AsSpan(to));
            for (var side = shape.Length - 1; side >= 0; side--)
            {
                from += strides[side];
                if (++index[side] < shape[side])
                {
                    break;
                }

                from -= strides[side] * shape[side];
                index[side] = 0;
            }
        }

        return result;
    }
}
