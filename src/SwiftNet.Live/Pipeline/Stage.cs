using Microsoft.Extensions.Hosting;

namespace SwiftNet.Live.Pipeline;

/// <summary>One stage on its own thread: takes frames from its input, works on them, and hands them on. A stage that throws ends the run
/// with its exception.</summary>
internal abstract class Stage(string name, FrameQueue? input, FrameQueue? output, PipelineRun run) : IHostedService, IDisposable
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private bool _started;

    /// <summary>What the stages share.</summary>
    protected PipelineRun Run => run;

    /// <summary>Where its frames are counted.</summary>
    protected virtual Ledger Ledger => run.Ledger;

    /// <summary>Starts the thread and waits until the stage is open, so that a stage that cannot work fails before the first
    /// frame.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _started = true;
        new Thread(Main) { Name = name, IsBackground = true }.Start();
        return _opened.Task;
    }

    /// <summary>Asks the stage to end and waits until it has. Only capture listens; the others end when their input does, with every frame
    /// finished.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping.Cancel();
        return _started ? _ended.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    /// <summary>Prepares the stage, on its thread.</summary>
    protected virtual void Open()
    {
    }

    /// <summary>Works on one frame, which stays the stage's until this returns.</summary>
    protected virtual void Process(Frame frame)
    {
    }

    /// <summary>Work that can wait until the frame has been handed on.</summary>
    protected virtual void AfterFrame()
    {
    }

    /// <summary>Runs between two frames, and when the input was woken without a frame.</summary>
    protected virtual void Between()
    {
    }

    /// <summary>Every frame has been handed on.</summary>
    protected virtual void Complete()
    {
    }

    /// <summary>Gives up what <see cref="Open"/> made, on its thread, whatever has happened.</summary>
    protected virtual void Close()
    {
    }

    /// <summary>The stage's whole work.</summary>
    protected virtual void Work(CancellationToken stopping)
    {
        while (input is not null && input.Take(out var frame))
        {
            if (frame is null)
            {
                Between();
                continue;
            }

            try
            {
                Process(frame);
            }
            catch
            {
                Ledger.Failed();
                frame.Dispose();
                throw;
            }

            HandOn(frame);
            AfterFrame();
            Between();
        }
    }

    /// <summary>Gives the frame to the next stage; the last one disposes it.</summary>
    protected void HandOn(Frame frame)
    {
        if (output is null)
        {
            frame.Dispose();
        }
        else
        {
            output.Put(frame);
        }
    }

    private void Main()
    {
        try
        {
            Open();
            _opened.SetResult();
            Work(_stopping.Token);
            Complete();
        }
        catch (Exception e)
        {
            run.Fail(name, e);
            _opened.TrySetException(e);
        }
        finally
        {
            output?.Complete();
            Discard();
            Close();
            _ended.SetResult();
        }
    }

    // After a failure the stages before this one still end normally: their frames go nowhere, but none waits for ever.
    private void Discard()
    {
        while (input?.Take() is { } frame)
        {
            Ledger.Failed();
            frame.Dispose();
        }
    }
}
