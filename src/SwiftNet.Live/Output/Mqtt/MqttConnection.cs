using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Output.Mqtt;

/// <summary>One connection to the broker. If the connection breaks, the broker publishes the last will <c>offline</c>.</summary>
internal sealed class MqttConnection : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(15);
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MqttConnection() => _client.DisconnectedAsync += _ =>
    {
        _lost.TrySetResult();
        return Task.CompletedTask;
    };

    /// <summary>Completes when the connection is lost.</summary>
    public Task Lost => _lost.Task;

    /// <summary>Connection options; <paramref name="status"/> is the topic of the last will.</summary>
    /// <exception cref="UserErrorException">The file of certificates cannot be read.</exception>
    public static MqttClientOptions Describe(MqttOptions options, string status)
    {
        // MQTT 3.1.1 is supported by every broker.
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(options.Host, options.Port)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId($"swiftnet-live-{Guid.NewGuid():N}"[..23])
            .WithTimeout(s_timeout)
            .WithKeepAlivePeriod(s_keepAlive)
            .WithWillTopic(status)
            .WithWillPayload("offline")
            .WithWillRetain(true)
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (!string.IsNullOrEmpty(options.User))
        {
            builder.WithCredentials(options.User, options.Password);
        }

        if (options.Tls)
        {
            builder.WithTlsOptions(tls =>
            {
                tls.UseTls().WithRevocationMode(X509RevocationMode.NoCheck);
                if (!string.IsNullOrEmpty(options.CaFile))
                {
                    tls.WithTrustChain(Load(options.CaFile));
                }
            });
        }

        return builder.Build();
    }

    /// <summary>Connects.</summary>
    /// <exception cref="Exception">The broker is unreachable or refuses the connection.</exception>
    public static async Task<MqttConnection> OpenAsync(MqttClientOptions options, CancellationToken cancellation)
    {
        var connection = new MqttConnection();
        try
        {
            var result = await connection._client.ConnectAsync(options, cancellation);
            return result.ResultCode == MqttClientConnectResultCode.Success
                ? connection
                : throw new IOException($"the broker refused the connection: {result.ResultCode}");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Publishes a message and waits for the broker's acknowledgement.</summary>
    /// <exception cref="Exception">The connection is lost.</exception>
    /// <returns>Whether the broker accepts the message.</returns>
    public async Task<bool> PublishAsync(string topic, byte[] payload, bool retain, CancellationToken cancellation)
    {
        var result = await _client.PublishSequenceAsync(
            topic, new ReadOnlySequence<byte>(payload), MqttQualityOfServiceLevel.AtLeastOnce, retain, cancellation);
        return result.IsSuccess;
    }

    /// <summary>Subscribes to a topic. Retained messages are ignored: a command must not be executed again after every
    /// reconnection.</summary>
    /// <exception cref="Exception">The connection is lost.</exception>
    /// <returns>Whether the broker grants the subscription.</returns>
    public async Task<bool> ListenAsync(string topic, Action<byte[]> handle, CancellationToken cancellation)
    {
        _client.ApplicationMessageReceivedAsync += received =>
        {
            if (!received.ApplicationMessage.Retain && received.ApplicationMessage.Topic == topic)
            {
                handle(received.ApplicationMessage.Payload.ToArray());
            }

            return Task.CompletedTask;
        };

        // QoS 2: an object must not be added twice.
        var result = await _client.SubscribeAsync(topic, MqttQualityOfServiceLevel.ExactlyOnce, cancellation);
        return result.Items.All(
            item =>
                item.ResultCode is MqttClientSubscribeResultCode.GrantedQoS0 or MqttClientSubscribeResultCode.GrantedQoS1
                    or MqttClientSubscribeResultCode.GrantedQoS2);
    }

    /// <summary>Subscribes to topics; messages arrive on the client's thread. Earlier messages are not delivered.</summary>
    /// <exception cref="Exception">The connection is lost.</exception>
    public async Task HearAsync(Action<string, string> heard, IReadOnlyList<string> topics, CancellationToken cancellation)
    {
        _client.ApplicationMessageReceivedAsync += message =>
        {
            heard(message.ApplicationMessage.Topic, message.ApplicationMessage.ConvertPayloadToString());
            return Task.CompletedTask;
        };
        var options = topics.Aggregate(
            new MqttClientSubscribeOptionsBuilder(),
            (builder, topic) => builder.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce));
        await _client.SubscribeAsync(options.Build(), cancellation);
    }

    /// <summary>Disconnects cleanly, so that the broker does not publish the last will.</summary>
    public Task CloseAsync(CancellationToken cancellation) => _client.DisconnectAsync(cancellationToken: cancellation);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static X509Certificate2Collection Load(string file)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(file);
            return certificates.Count > 0 ? certificates : throw new CryptographicException("the file contains no certificate");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UserErrorException($"Output:Mqtt:CaFile={file} cannot be read: {e.Message}", e);
        }
    }
}
