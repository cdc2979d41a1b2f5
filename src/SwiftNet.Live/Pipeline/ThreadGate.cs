using System.Runtime.CompilerServices;

namespace SwiftNet.Live.Pipeline;

/// <summary>Lets one thread sleep until a task of a channel is done, without a task object for every wait; other threads may wake
/// it.</summary>
internal sealed class ThreadGate
{
    private readonly object _sleeper = new();
    private readonly Action _wake;
    private ValueTaskAwaiter<bool> _awaiter;
    private bool _waits;
    private bool _awake;
    private bool _knocked;

    /// <summary>Creates the gate for one thread.</summary>
    public ThreadGate() => _wake = Wake;

    /// <summary>Sleeps until what <paramref name="begin"/> begins is done, and returns its result; null when another thread has woken it,
    /// and the next call goes on waiting for the same task.</summary>
    public bool? Wait(Func<ValueTask<bool>> begin)
    {
        if (!_waits)
        {
            _awaiter = AwaiterOf(begin());
            if (_awaiter.IsCompleted)
            {
                return _awaiter.GetResult();
            }

            (_awake, _waits) = (false, true);
            _awaiter.UnsafeOnCompleted(_wake);
        }

        lock (_sleeper)
        {
            while (!_awake && !_knocked)
            {
                Monitor.Wait(_sleeper);
            }

            if (_knocked)
            {
                _knocked = false;
                return null;
            }
        }

        _waits = false;
        return _awaiter.GetResult();
    }

    /// <summary>Ends the sleep of this moment, or else the next one. Any thread may call it.</summary>
    public void Knock()
    {
        lock (_sleeper)
        {
            _knocked = true;
            Monitor.Pulse(_sleeper);
        }
    }

    private static ValueTaskAwaiter<bool> AwaiterOf(ValueTask<bool> task) => task.GetAwaiter();

    private void Wake()
    {
        lock (_sleeper)
        {
            _awake = true;
            Monitor.Pulse(_sleeper);
        }
    }
}
