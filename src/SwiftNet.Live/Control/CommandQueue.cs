using System.Collections.Concurrent;

namespace SwiftNet.Live.Control;

/// <summary>Commands on their way to the segment thread, which runs them between two frames. Any thread may add one; a command that has not
/// begun within the limit is left out.</summary>
/// <typeparam name="T">What a command works on.</typeparam>
/// <param name="camera">The camera's name.</param>
/// <param name="time">The clock.</param>
internal sealed class CommandQueue<T>(string camera, TimeProvider time)
    where T : class
{
    private const int Waiting = 64;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(8);
    private readonly ConcurrentQueue<Command> _commands = new();
    private volatile bool _closed;

    /// <summary>Called when there is something to run.</summary>
    public Action Knock { get; set; } = () => { };

    /// <summary>Has a command run, and waits for what it returns.</summary>
    /// <param name="run">The command; what it throws, the caller gets.</param>
    /// <param name="cancellation">Lets the caller go.</param>
    /// <exception cref="ControlRefusedException">The camera has ended, or there was no time for it.</exception>
    public async Task<TResult> AskAsync<TResult>(Func<T, TResult> run, CancellationToken cancellation)
    {
        if (_commands.Count >= Waiting)
        {
            throw new ControlRefusedException(Refusal.Busy, $"{Waiting} commands wait for camera {camera} already. Try again in a moment.");
        }

        var command = new Command<TResult>(run);
        _commands.Enqueue(command);
        if (_closed)
        {
            Close();
        }

        Knock();
        try
        {
            return await command.Result.WaitAsync(s_limit, time, cancellation);
        }
        catch (TimeoutException e) when (command.TryTake())
        {
            throw new ControlRefusedException(
                Refusal.Busy, $"Camera {camera} had no time for it within {s_limit.TotalSeconds:0} s; nothing was changed.", e);
        }
        catch (TimeoutException)
        {
            // It has begun, so it ends.
            return await command.Result.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (command.TryTake())
        {
            throw;
        }
    }

    /// <summary>Runs what waits, on the segment thread.</summary>
    public void Run(T on)
    {
        while (_commands.TryDequeue(out var command))
        {
            if (command.TryTake())
            {
                command.Run(on);
            }
        }
    }

    /// <summary>From now on everything is refused: the camera has ended.</summary>
    public void Close()
    {
        _closed = true;
        while (_commands.TryDequeue(out var command))
        {
            if (command.TryTake())
            {
                command.Refuse(
                    new ControlRefusedException(Refusal.Conflict, $"Camera {camera} has ended; nothing can be changed any more."));
            }
        }
    }

    private abstract class Command
    {
        private int _taken;

        /// <summary>Whether it is this caller's to run or to leave out; true once.</summary>
        public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

        public abstract void Run(T on);

        public abstract void Refuse(Exception why);
    }

    private sealed class Command<TResult>(Func<T, TResult> run) : Command
    {
        private readonly TaskCompletionSource<TResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TResult> Result => _result.Task;

        public override void Run(T on)
        {
            try
            {
                _result.SetResult(run(on));
            }
            catch (Exception e)
            {
                _result.SetException(e);
            }
        }

        public override void Refuse(Exception why) => _result.SetException(why);
    }
}
