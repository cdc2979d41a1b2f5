namespace SwiftNet.Tests.Network;

/// <summary>Collects garbage and runs finalizers, over and over, until it is disposed.</summary>
internal sealed class GarbageCollector : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _stop;

    public GarbageCollector()
    {
        _thread = new Thread(Collect) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
    }

    private void Collect()
    {
        while (!_stop)
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
        }
    }
}
