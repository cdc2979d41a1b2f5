using System.Numerics;

namespace SwiftNet.Weights;

/// <summary>Reads the pickles that torch.save writes (protocol 2). Only None, bools, numbers, texts, lists, tuples, dicts and descriptions
/// of tensors ever come out; no other name is resolved and nothing is run. Objects are built on a stack of our own, so depth costs no
/// recursion.</summary>
internal sealed class Unpickler
{
    // The checkpoint of a ResNet-50 with its optimiser takes some 50,000 operations.
    private const int MostOperations = 1_000_000;
    private const int DeepestStack = 100_000;
    private const int MostMarks = 1_000;

    private readonly ByteCursor _bytes;
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<int, object?> _memo = [];
    private readonly Dictionary<string, PickledStorage> _storages = [];

    private Unpickler(ByteCursor bytes) => _bytes = bytes;

    /// <summary>Reads one pickle and leaves the cursor behind it.</summary>
    /// <param name="bytes">Where it begins.</param>
    /// <param name="storages">Every storage that it names, once.</param>
    /// <returns>The pickled object.</returns>
    /// <exception cref="InvalidDataException">It is damaged, exceeds a limit, or asks for something that has no place in a
    /// checkpoint.</exception>
    public static object? Read(ByteCursor bytes, out IReadOnlyCollection<PickledStorage> storages)
    {
        var unpickler = new Unpickler(bytes);
        storages = unpickler._storages.Values;
        return unpickler.Run();
    }

    private object? Run()
    {
        for (var operation = 0; operation < MostOperations; operation++)
        {
            var code = (char)_bytes.Byte();
            if (code == '.')
            {
                return Pop();
            }

            Do(code);
        }

        throw new InvalidDataException($"its pickle takes more than {MostOperations:N0} operations");
    }

    private void Do(char code)
    {
        switch (code)
        {
            case '\x80': ReadProtocol(); break;
            case 'N': Push(null); break;
            case '\x88': Push(true); break;
            case '\x89': Push(false); break;
            case 'J': Push((long)_bytes.Int32()); break;
            case 'K': Push((long)_bytes.Byte()); break;
            case 'M': Push((long)_bytes.UInt16()); break;
            case '\x8a': PushLong(); break;
            case 'G': Push(_bytes.BigEndianDouble()); break;
            case 'X' or 'T': Push(_bytes.Text(_bytes.Int32())); break;
            case 'U': Push(_bytes.Text(_bytes.Byte())); break;
            case ')': Push(Array.Empty<object?>()); break;
            case '\x85': Push(PopMany(1)); break;
            case '\x86': Push(PopMany(2)); break;
            case '\x87': Push(PopMany(3)); break;
            case 't': Push(PopToMark()); break;
            case ']': Push(new List<object?>()); break;
            case 'a': Append(PopMany(1)); break;
            case 'e': Append(PopToMark()); break;
            case '}': Push(new PickledDict()); break;
            case 's': SetItems(PopMany(2)); break;
            case 'u': SetItems(PopToMark()); break;
            case '(': Mark(); break;
            case 'q': _memo[_bytes.Byte()] = Peek(); break;
            case 'r': _memo[_bytes.Int32()] = Peek(); break;
            case 'h': Push(Remembered(_bytes.Byte())); break;
            case 'j': Push(Remembered(_bytes.Int32())); break;
            case 'c': Push(PickledGlobal.Find(_bytes.Line(), _bytes.Line())); break;
            case 'R': Reduce(); break;
            case 'b': Build(); break;
            case 'Q': Push(Storage(Pop())); break;
            default: throw new InvalidDataException($"its pickle holds the operation 0x{(int)code:x2}, which torch.save does not write");
        }
    }

    private void ReadProtocol()
    {
        var protocol = _bytes.Byte();
        if (protocol != 2)
        {
            throw new InvalidDataException($"its pickle has protocol {protocol}; torch.save writes 2");
        }
    }

    // Only the magic number of the old format is larger than 64 bits.
    private void PushLong()
    {
        var number = new BigInteger(_bytes.Take(_bytes.Byte()).Span);
        if (number >= long.MinValue && number <= long.MaxValue)
        {
            Push((long)number);
        }
        else
        {
            Push(number);
        }
    }

    private void Append(object?[] items)
    {
        if (Peek() is not List<object?> list)
        {
            throw Senseless();
        }

        list.AddRange(items);
    }

    private void SetItems(object?[] keysAndValues)
    {
        if (Peek() is not PickledDict dict || keysAndValues.Length % 2 != 0)
        {
            throw Senseless();
        }

        for (var i = 0; i < keysAndValues.Length; i += 2)
        {
            dict.Set(keysAndValues[i], keysAndValues[i + 1]);
        }
    }

    private void Reduce()
    {
        if (Pop() is not object?[] arguments || Pop() is not PickledGlobal.Function function)
        {
            throw Senseless();
        }

        Push(function.Call(arguments));
    }

    // A state dict carries its modules' version numbers as an attribute; they say nothing about the tensors.
    private void Build()
    {
        Pop();
        if (Peek() is not PickledDict)
        {
            throw Senseless();
        }
    }

    // ('storage', type, key, device, count), in the old format with a sixth item that described views and has been None since PyTorch 0.4
    private PickledStorage Storage(object? id)
    {
        var storage = id switch
        {
            object?[] and ["storage", PickledGlobal.StorageType type, string name, string, long count and >= 0] =>
                new PickledStorage(type.Type, name, count),
            object?[] and ["storage", PickledGlobal.StorageType type, string name, string, long count and >= 0, null] =>
                new PickledStorage(type.Type, name, count),
            _ => throw new InvalidDataException(
                "its pickle names a storage in a way that is not supported; save the checkpoint again with PyTorch 0.4 or later"),
        };
        _storages.TryAdd(storage.Key, storage);
        return _storages[storage.Key] == storage
            ? storage
            : throw new InvalidDataException($"its pickle describes the storage '{Printable.Of(storage.Key)}' in two ways");
    }

    private void Mark()
    {
        if (_marks.Count == MostMarks)
        {
            throw new InvalidDataException($"its pickle is nested deeper than {MostMarks:N0} levels");
        }

        _marks.Push(_stack.Count);
    }

    private void Push(object? item)
    {
        if (_stack.Count == DeepestStack)
        {
            throw new InvalidDataException($"its pickle is nested deeper than {DeepestStack:N0} levels");
        }

        _stack.Add(item);
    }

    // What lies below a mark is out of reach until the mark is taken away.
    private object? Peek() => _stack.Count > (_marks.TryPeek(out var mark) ? mark : 0) ? _stack[^1] : throw Senseless();

    private object? Pop()
    {
        var item = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return item;
    }

    private object?[] PopMany(int count)
    {
        var items = new object?[count];
        for (var i = count - 1; i >= 0; i--)
        {
            items[i] = Pop();
        }

        return items;
    }

    private object?[] PopToMark() => _marks.TryPop(out var mark) ? PopMany(_stack.Count - mark) : throw Senseless();

    private object? Remembered(int key) => _memo.TryGetValue(key, out var item) ? item : throw Senseless();

    private static InvalidDataException Senseless() => new("its pickle is damaged");
}
