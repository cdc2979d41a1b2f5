namespace SwiftNet.Live.Pipeline;

/// <summary>Lets one thread sleep until a task of a channel is done, without a task object for every wait.</summary>
internal sealed class ThreadGate
{
    private readonly object _sleeper = new();
    private readonly Action _wake;
    private bool _awake;

    /// <summary>Creates the gate for one thread.</summary>
    public ThreadGate() => _wake = Wake;

    /// <summary>Sleeps until <paramref name="task"/> is done, and returns its result.</summary>
    public bool Wait(ValueTask<bool> task)
    {
        var awaiter = task.GetAwaiter();
        if (!awaiter.IsCompleted)
        {
            _awake = false;
            awaiter.UnsafeOnCompleted(_wake);
            lock (_sleeper)
            {
                while (!_awake)
                {
                    Monitor.Wait(_sleeper);
                }
            }
        }

        return awaiter.GetResult();
    }

    private void Wake()
    {
        lock (_sleeper)
        {
            _awake = true;
            Monitor.Pulse(_sleeper);
        }
    }
}
