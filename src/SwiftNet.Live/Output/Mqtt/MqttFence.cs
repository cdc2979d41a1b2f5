using System.Globalization;
using System.Text;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Mqtt;

/// <summary>
/// Fences activations of one camera at the broker: <c>TOPIC/CAMERA/epoch</c> (retained) holds the newest activation number, and an
/// activation that sees
/// a newer one stops publishing. This works even if every other protection against double activation has failed.
/// </summary>
internal sealed class MqttFence : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly CameraLease _lease;
    private readonly TaskCompletionSource _echoed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isSaidOffline;
    private long _newest;

    private MqttFence(CameraLease lease) => _lease = lease;

    /// <summary>Why publishing is refused; null = allowed.</summary>
    public string? Refuses =>
        Interlocked.Read(ref _newest) is var newest && newest > _lease.Epoch
            ? $"the newer activation {newest} of the camera is publishing; this is {_lease.Epoch}"
        : _lease.Holds ? null
        : CameraLease.RanOut;

    /// <summary>Whether the broker's status topic says offline, for example by the last will of an earlier activation; resets on
    /// reading.</summary>
    public bool IsSaidOffline
    {
        get
        {
            var said = _isSaidOffline;
            _isSaidOffline = false;
            return said;
        }
    }

    /// <summary>Completes on a change; a new task afterwards.</summary>
    public Task Changed
    {
        get
        {
            if (_changed.Task.IsCompleted)
            {
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return _changed.Task;
        }
    }

    /// <summary>Checks for a newer activation, and announces this one if there is none.</summary>
    /// <exception cref="Exception">The connection is lost.</exception>
    public static async Task<MqttFence> RaiseAsync(
        MqttConnection connection, string topic, CameraLease lease, CancellationToken cancellation)
    {
        var fence = new MqttFence(lease);
        var (epoch, status, own) =
            (topic + "/epoch", topic + "/status", Encoding.ASCII.GetBytes(lease.Epoch.ToString(CultureInfo.InvariantCulture)));
        await connection.HearAsync((at, text) => fence.Hear(at == status, text), [epoch, status], cancellation);

        // Messages arrive in order: once our own number arrives, every earlier one has.
        await connection.PublishAsync(epoch, own, retain: false, cancellation);
        try
        {
            await fence._echoed.Task.WaitAsync(s_patience, cancellation);
        }
        catch (TimeoutException)
        {
            // The subscription may be refused; the other protections remain.
        }

        if (fence.Refuses is null)
        {
            await connection.PublishAsync(epoch, own, retain: true, cancellation);
        }

        return fence;
    }

    /// <inheritdoc/>
    public void Dispose() => _changed.TrySetResult();

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

        _changed.TrySetResult();
    }
}
