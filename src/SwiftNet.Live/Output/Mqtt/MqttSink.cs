using System.Text;
using Microsoft.Extensions.Logging;
using MQTTnet;
using SwiftNet.Live.Control;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Events;
using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Output.Mqtt;

/// <summary>Publishes to an MQTT broker: <c>TOPIC/CAMERA/status</c> (retained; online while frames arrive, else offline), <c>/events</c>
/// and optionally <c>/state</c> (retained).</summary>
internal sealed class MqttSink : IFrameSink
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_offline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);
    private readonly MqttOptions _options;
    private readonly MqttClientOptions _connect;
    private readonly ObjectEventDetector _watch;
    private readonly StateJson _state;
    private readonly string _camera;
    private readonly string _topic;
    private readonly TimeProvider _time;
    private readonly CameraLease _lease;
    private readonly SinkReport _report;
    private readonly Outbox<Message> _outbox;
    private readonly RetryTime _retry;
    private readonly MqttCommands? _commands;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _worker;
    private long? _stateAt;
    private long _frameAt = -1;

    /// <summary>Starts connecting in the background.</summary>
    /// <param name="options">The broker options.</param>
    /// <param name="events">Thresholds of object events.</param>
    /// <param name="camera">The camera's name.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Receives failures.</param>
    /// <param name="control">Executes commands; null = commands are not accepted.</param>
    /// <param name="lease">The lease for publishing; null = always valid.</param>
    /// <exception cref="UserErrorException">The file of certificates cannot be read.</exception>
    public MqttSink(
        MqttOptions options,
        EventsOptions events,
        string camera,
        TimeProvider time,
        ILogger logger,
        CameraControl? control = null,
        CameraLease? lease = null)
    {
        (_options, _camera, _time, _lease) = (options, camera, time, lease ?? CameraLease.Alone);
        _topic = $"{options.Topic.TrimEnd('/')}/{Level(camera)}";
        _connect = MqttConnection.Describe(options, _topic + "/status");
        _watch = new ObjectEventDetector(events, time);
        _state = new StateJson(camera, _lease.Epoch);
        _report = new SinkReport(new SinkCounters("mqtt"), time, logger);
        _outbox = new Outbox<Message>(OwnCounters);
        _commands = options.Commands && control is not null ? new MqttCommands(control) : null;
        _retry = new RetryTime(time, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        _worker = Task.Run(WorkAsync);
    }

    /// <inheritdoc/>
    public string Name => OwnCounters.Name;

    /// <inheritdoc/>
    public SinkCounters OwnCounters => _report.Counters;

    /// <inheritdoc/>
    public ValueTask WriteAsync(Frame frame, ReadOnlyMemory<byte> overlay, CancellationToken cancellation)
    {
        Interlocked.Exchange(ref _frameAt, _time.GetTimestamp());
        foreach (var happened in _watch.Observe(frame))
        {
            _outbox.Put(new Message(_topic + "/events", EventJson.Write(_camera, happened, _lease.Epoch), Retain: false));
        }

        for (var i = 0; i < frame.ZoneEvents.Count; i++)
        {
            var json = ZoneEventJson.Write(_camera, frame.ZoneEvents[i], frame, _lease.Epoch);
            _outbox.Put(new Message(_topic + "/events", json, Retain: false));
        }

        if (_options.StateSeconds > 0 && (_stateAt is not { } at || _time.GetElapsedTime(at).TotalSeconds >= _options.StateSeconds))
        {
            _stateAt = _time.GetTimestamp();
            _outbox.Put(new Message(_topic + "/state", _state.Write(frame), Retain: true));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        _outbox.Close();
        try
        {
            await _worker.WaitAsync(s_grace, _time, cancellation);
        }
        catch (TimeoutException)
        {
            await StopAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _outbox.Close();
        await StopAsync();
        _stop.Dispose();
    }

    // A camera name may contain characters with a meaning in topics.
    private static string Level(string camera) => string.Concat(camera.Select(c => c is '/' or '+' or '#' || char.IsControl(c) ? '-' : c));

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _worker;
        _report.Abandoned(_outbox.Abandon());
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var connection = await MqttConnection.OpenAsync(_connect, _stop.Token);
                _report.Works();
                using var fence = _lease.Epoch > 0 ? await MqttFence.RaiseAsync(connection, _topic, _lease, _stop.Token) : null;
                await ServeWithCommandsAsync(connection, fence);
                return;
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                _report.Fails($"{_options.Host}:{_options.Port}: {e.GetBaseException().Message.TrimEnd('.')}");
                await Task.Delay(_retry.Failed(), _time, _stop.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
            catch (Exception)
            {
                return;
            }
        }
    }

    private async Task ServeWithCommandsAsync(MqttConnection connection, MqttFence? fence)
    {
        if (_commands is null)
        {
            await ServeAsync(connection, fence);
            return;
        }

        using var until = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var answering = _commands.ServeAsync(
            answer => connection.PublishAsync(_topic + "/answer", answer, retain: false, until.Token), until.Token);
        try
        {
            if (!await connection.ListenAsync(_topic + "/command", _commands.Put, _stop.Token))
            {
                _report.Refused($"the broker refused the subscription to {_topic}/command");
            }

            await ServeAsync(connection, fence);
        }
        finally
        {
            await until.CancelAsync();
            await answering;
        }
    }

    // Until every message is sent and no more will come, or the connection is lost.
    private async Task ServeAsync(MqttConnection connection, MqttFence? fence)
    {
        bool? published = null;
        for (var isOpen = true; isOpen;)
        {
            if (fence?.Refuses is { } why)
            {
                while (_outbox.Peek() is not null)
                {
                    _outbox.Sent();
                    _report.Refused(why);
                }
            }

            var isOnline = IsOnline();
            if ((isOnline != published || (isOnline && fence?.IsSaidOffline is true)) && fence?.Refuses is null)
            {
                await TellAsync(connection, isOnline);
                published = isOnline;
            }

            while (fence?.Refuses is null && _outbox.Peek() is { } message)
            {
                await SendAsync(connection, message);
            }

            var more = _outbox.WaitAsync();
            await Task.WhenAny(more, connection.Lost, Task.Delay(s_tick, _time, _stop.Token), fence?.Changed ?? connection.Lost);
            _stop.Token.ThrowIfCancellationRequested();
            if (connection.Lost.IsCompleted)
            {
                throw new IOException("the connection is lost");
            }

            isOpen = !more.IsCompleted || await more;
        }

        if (fence?.Refuses is null)
        {
            await TellAsync(connection, isOnline: false);
        }

        await connection.CloseAsync(_stop.Token);
    }

    private bool IsOnline() => Interlocked.Read(ref _frameAt) is >= 0 and var at && _time.GetElapsedTime(at) < s_offline;

    private Task<bool> TellAsync(MqttConnection connection, bool isOnline) =>
        connection.PublishAsync(_topic + "/status", Encoding.ASCII.GetBytes(isOnline ? "online" : "offline"), retain: true, _stop.Token);

    private async Task SendAsync(MqttConnection connection, Message message)
    {
        var isTaken = await connection.PublishAsync(message.Topic, message.Payload, message.Retain, _stop.Token);
        _outbox.Sent();
        if (isTaken)
        {
            _report.Took();
        }
        else
        {
            _report.Refused($"the broker refused a message to {message.Topic}");
        }
    }

    private sealed record Message(string Topic, byte[] Payload, bool Retain);
}
