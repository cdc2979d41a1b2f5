using Microsoft.Extensions.Logging;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Segment;

/// <summary>The network with its weights, one for all cameras. Their segment stages take turns on the device, first come, first served: a
/// slow camera waits its turn like any other.</summary>
internal sealed partial class SharedNetwork(Settings settings, ILogger<SharedNetwork> logger) : IDisposable
{
    private readonly Lock _loading = new();
    private readonly object _turns = new();
    private SwiftNetModel? _model;
    private long _nextTicket;
    private long _served;

    /// <summary>Loads the weights, once, and prepares the calling thread to use them.</summary>
    /// <exception cref="UserErrorException">There is no such file.</exception>
    /// <exception cref="WeightsException">It holds no weights of this network.</exception>
    /// <exception cref="DeviceException">The device is not there.</exception>
    public SwiftNetModel Open()
    {
        lock (_loading)
        {
            if (_model is null)
            {
                var segment = settings.Segment;
                _model = SwiftNetModel.Load(WeightsFile.Find(segment.Weights), segment.Device, segment.Precision, segment.Threads);

                // The file's bytes and the tensors that were made of them on the way: nothing runs yet that this could hold up.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                Log.Loaded(logger, segment.Weights, _model.Device, FormatText.Of(_model.Choice), segment.Size);
                if (_model.CalibratedAtLoad)
                {
                    Log.Calibrated(logger, segment.Weights);
                }
            }

            _model.PrepareThread();
            return _model;
        }
    }

    /// <summary>Waits for the device; it is the caller's until the turn is disposed.</summary>
    public Turn Take()
    {
        Wait();
        return new Turn(this);
    }

    /// <inheritdoc/>
    public void Dispose() => _model?.Dispose();

    private void Wait()
    {
        lock (_turns)
        {
            for (var ticket = _nextTicket++; ticket != _served;)
            {
                Monitor.Wait(_turns);
            }
        }
    }

    private void Give()
    {
        lock (_turns)
        {
            _served++;
            Monitor.PulseAll(_turns);
        }
    }

    /// <summary>The right to use the device, until it is disposed.</summary>
    public readonly ref struct Turn(SharedNetwork network)
    {
        /// <summary>Lets waiting threads go first, then goes on: for use between the parts of longer work.</summary>
        public void Pass()
        {
            network.Give();
            network.Wait();
        }

        /// <summary>Lets the next one have it.</summary>
        public void Dispose() => network.Give();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Network {Weights} on {Device}, {Format}, at most {Size}")]
        public static partial void Loaded(ILogger logger, string weights, string device, string format, FrameSize size);

        [LoggerMessage(
            2,
            LogLevel.Information,
            "The weights {Weights} have no activation ranges, so the 8-bit network was calibrated on built-in frames. The command "
                + "calibrate writes ranges into the weights.")]
        public static partial void Calibrated(ILogger logger, string weights);
    }
}
