using System.Globalization;
using System.Text;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Mqtt;

/// <summary>
/// Keeps activations of one camera apart at the broker: <c>TOPIC/CAMERA/epoch</c> (retained) holds the number of the newest one, and who sees a
/// newer one than its own publishes nothing more. It holds even where everything else that keeps boxes apart has failed.
/// </summary>
internal sealed class MqttFence : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly CameraLease _lease;
    private readonly TaskCompletionSource _echoed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isSaidOffline;
    private long _newest;

    private MqttFence(CameraLease lease) => _lease = lease;

    /// <summary>Why nothing may be published; null where it may.</summary>
    public string? Refuses => Interlocked.Read(ref _newest) is var newest && newest > _lease.Epoch ? $"activation {newest} of the camera publishes already, this is {_lease.Epoch}"
        : _lease.Holds ? null
        : CameraLease.RanOut;

    /// <summary>Whether the broker was told that the camera is offline, as the last will of an activation before this one does; asked once.</summary>
    public bool IsSaidOffline
    {
        get
        {
            var said = _isSaidOffline;
            _isSaidOffline = false;
            return said;
        }
    }

    /// <summary>Done when there is something to look at; another task afterwards.</summary>
    public Task Told
    {
        get
        {
            if (_told.Task.IsCompleted)
            {
                _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return _told.Task;
        }
    }

    /// <summary>Finds out whether there is a newer activation, and says that there is this one if not.</summary>
    /// <exception cref="Exception">The connection is lost.</exception>
    public static async Task<MqttFence> RaiseAsync(MqttConnection connection, string topic, CameraLease lease, CancellationToken cancellation)
    {
        var fence = new MqttFence(lease);
        var (epoch, status, own) = (topic + "/epoch", topic + "/status", Encoding.ASCII.GetBytes(lease.Epoch.ToString(CultureInfo.InvariantCulture)));
        await connection.HearAsync((at, text) => fence.Hear(at == status, text), [epoch, status], cancellation);

        // The broker says in order: when our own number comes back, what it held before has come.
        await connection.PublishAsync(epoch, own, retain: false, cancellation);
        try
        {
            await fence._echoed.Task.WaitAsync(s_patience, cancellation);
        }
        catch (TimeoutException)
        {
            // It may not be heard here; the other ways that keep boxes apart remain.
        }

        if (fence.Refuses is null)
        {
            await connection.PublishAsync(epoch, own, retain: true, cancellation);
        }

        return fence;
    }

    /// <inheritdoc/>
    public void Dispose() => _told.TrySetResult();

    private void Hear(bool isStatus, string text)
    {
        if (isStatus)
        {
            _isSaidOffline = text == "offline";
        }
        else if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
        {
            if (epoch == _lease.Epoch)
            {
                _echoed.TrySetResult();
            }

            Interlocked.Exchange(ref _newest, Math.Max(epoch, Interlocked.Read(ref _newest)));
        }

        _told.TrySetResult();
    }
}
