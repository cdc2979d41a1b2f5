namespace SwiftNet.Weights;

/// <summary>A run of numbers that a checkpoint keeps apart from its pickle.</summary>
/// <param name="Type">What the numbers are.</param>
/// <param name="Key">Its name within the checkpoint.</param>
/// <param name="Count">How many numbers.</param>
internal sealed record PickledStorage(ElementType Type, string Key, long Count)
{
    /// <summary>Bytes that it takes.</summary>
    public Int128 Size => (Int128)Count * Type.Size();
}

/// <summary>A tensor as a pickle describes it: a view of a storage.</summary>
/// <param name="Storage">Where its numbers are.</param>
/// <param name="Offset">The first of them.</param>
/// <param name="Shape">The sides.</param>
/// <param name="Strides">Numbers from one index to the next along each side.</param>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, long[] Shape, long[] Strides);

/// <summary>A Python dict or OrderedDict. Only entries with a text as key are kept: nothing else in a checkpoint is looked for.</summary>
internal sealed class PickledDict
{
    private readonly OrderedDictionary<string, object?> _entries = [];

    /// <summary>The entries, in order.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Entries => _entries;

    /// <summary>Sets an entry.</summary>
    public void Set(object? key, object? value)
    {
        if (key is string text)
        {
            _entries[text] = value;
        }
    }

    /// <summary>The value of an entry, or null where there is none.</summary>
    public object? this[string key] => _entries.GetValueOrDefault(key);
}
