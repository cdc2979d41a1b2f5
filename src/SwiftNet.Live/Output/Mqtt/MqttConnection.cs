using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Output.Mqtt;

/// <summary>One connection to the broker, from its opening to its loss. When it is lost without a farewell the broker says <c>offline</c> in our place.</summary>
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

    /// <summary>Done when the connection is lost.</summary>
    public Task Lost => _lost.Task;

    /// <summary>How to connect; <paramref name="status"/> is the topic of the last will.</summary>
    /// <exception cref="UserErrorException">The file of certificates cannot be read.</exception>
    public static MqttClientOptions Describe(MqttOptions options, string status)
    {
        // 3.1.1 is what every broker speaks.
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(options.Host, options.Port)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId($"swiftnet-live-{Guid.NewGuid():N}"[..23])
            .WithTimeout(s_timeout)
            .WithKeepAlivePeriod(s_keepAlive)
            .WithWillTopic(status).WithWillPayload("offline").WithWillRetain(true).WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
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
    /// <exception cref="Exception">The broker is not there, or refuses.</exception>
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

    /// <summary>Publishes, and waits until the broker has it.</summary>
    /// <exception cref="Exception">The connection is lost.</exception>
    /// <returns>Whether the broker accepts it.</returns>
    public async Task<bool> PublishAsync(string topic, byte[] payload, bool retain, CancellationToken cancellation)
    {
        var result = await _client.PublishSequenceAsync(topic, new ReadOnlySequence<byte>(payload), MqttQualityOfServiceLevel.AtLeastOnce, retain, cancellation);
        return result.IsSuccess;
    }

    /// <summary>Listens to a topic from now on. What was kept there from before (retained) is not told: a command is not obeyed again at every connection.</summary>
    /// <exception cref="Exception">The connection is lost.</exception>
    /// <returns>Whether the broker allows it.</returns>
    public async Task<bool> ListenAsync(string topic, Action<byte[]> told, CancellationToken cancellation)
    {
        _client.ApplicationMessageReceivedAsync += received =>
        {
            if (!received.ApplicationMessage.Retain && received.ApplicationMessage.Topic == topic)
            {
                told(received.ApplicationMessage.Payload.ToArray());
            }

            return Task.CompletedTask;
        };

        // Exactly once: an object is not given twice.
        var result = await _client.SubscribeAsync(topic, MqttQualityOfServiceLevel.ExactlyOnce, cancellation);
        return result.Items.All(item => item.ResultCode is MqttClientSubscribeResultCode.GrantedQoS0 or MqttClientSubscribeResultCode.GrantedQoS1 or MqttClientSubscribeResultCode.GrantedQoS2);
    }

    /// <summary>Hears what is said on topics, on a thread of the client's, from what the broker holds on. What came before this call is not heard.</summary>
    /// <exception cref="Exception">The connection is lost.</exception>
    public async Task HearAsync(Action<string, string> heard, IReadOnlyList<string> topics, CancellationToken cancellation)
    {
        _client.ApplicationMessageReceivedAsync += message =>
        {
            heard(message.ApplicationMessage.Topic, message.ApplicationMessage.ConvertPayloadToString());
            return Task.CompletedTask;
        };
        var options = topics.Aggregate(new MqttClientSubscribeOptionsBuilder(), (builder, topic) => builder.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce));
        await _client.SubscribeAsync(options.Build(), cancellation);
    }

    /// <summary>Takes leave, so that the broker does not speak our last will.</summary>
    public Task CloseAsync(CancellationToken cancellation) => _client.DisconnectAsync(cancellationToken: cancellation);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static X509Certificate2Collection Load(string file)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(file);
            return certificates.Count > 0 ? certificates : throw new CryptographicException("it holds no certificate");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UserErrorException($"Output:Mqtt:CaFile={file} cannot be read: {e.Message}", e);
        }
    }
}
