using System.Collections.Concurrent;

namespace SwiftNet.Training.Clips;

/// <summary>Prefetches batches on a background thread.</summary>
internal sealed class BatchSource : IDisposable
{
    private readonly BlockingCollection<Batch> _ready;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private Exception? _failure;

    /// <summary>Starts with the batch of <paramref name="firstStep"/>.</summary>
    /// <param name="plan">Draws the batches' shapes.</param>
    /// <param name="maker">Fills the batches.</param>
    /// <param name="firstStep">The first step.</param>
    /// <param name="ahead">Number of batches to prefetch.</param>
    public BatchSource(BatchPlan plan, ClipMaker maker, int firstStep, int ahead)
    {
        _ready = new BlockingCollection<Batch>(ahead);
        _thread = new Thread(() => Make(plan, maker, firstStep)) { Name = "clips", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The next step's batch.</summary>
    public Batch Next()
    {
        try
        {
            return _ready.Take();
        }
        catch (InvalidOperationException) when (_failure is not null)
        {
            throw new InvalidOperationException("The clips of a batch could not be made.", _failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _ready.Dispose();
        _stop.Dispose();
    }

    private void Make(BatchPlan plan, ClipMaker maker, int step)
    {
        try
        {
            for (; ; step++)
            {
                var batch = plan.Draw(step);
                maker.Fill(batch);
                _ready.Add(batch, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            _failure = e;
            _ready.CompleteAdding();
        }
    }
}
