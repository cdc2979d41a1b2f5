using System.Buffers;
using System.Diagnostics;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>Reads everything that a broker has.</summary>
internal sealed class Subscriber : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly List<(string Topic, string Text, long At)> _messages = [];

    private Subscriber() => _client.ApplicationMessageReceivedAsync += received =>
    {
        lock (_messages)
        {
            _messages.Add(
                (
                    received.ApplicationMessage.Topic,
                    Encoding.UTF8.GetString(received.ApplicationMessage.Payload.ToArray()),
                    Stopwatch.GetTimestamp()));
        }

        return Task.CompletedTask;
    };

    public static async Task<Subscriber> To(Broker broker, string? user = null, string? password = null)
    {
        var subscriber = new Subscriber();
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).WithTimeout(TimeSpan.FromMinutes(1));
        await subscriber._client.ConnectAsync(user is null ? options.Build() : options.WithCredentials(user, password).Build());
        await subscriber._client.SubscribeAsync("#");
        return subscriber;
    }

    /// <summary>Publishes a text.</summary>
    public Task PublishAsync(string topic, string text, bool retain = false) =>
        _client.PublishAsync(
            new MqttApplicationMessageBuilder().WithTopic(topic)
                .WithPayload(text)
                .WithRetainFlag(retain)
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                .Build());

    /// <summary>What came on a topic so far.</summary>
    public string[] On(string topic)
    {
        lock (_messages)
        {
            return [.. _messages.Where(message => message.Topic == topic).Select(message => message.Text)];
        }
    }

    /// <summary>The longest time between two messages that came on a topic, from the one with this number on.</summary>
    public TimeSpan LongestPause(string topic, int from)
    {
        lock (_messages)
        {
            var times = _messages.Where(message => message.Topic == topic).Select(message => message.At).Skip(from).ToArray();
            return times.Zip(times.Skip(1), Stopwatch.GetElapsedTime).DefaultIfEmpty().Max();
        }
    }

    /// <summary>Waits until the newest message on a topic is this one.</summary>
    public void WaitFor(string topic, string text) =>
        Assert.True(
            SpinWait.SpinUntil(() => Pause() && On(topic) is [.., var last] && last == text, TimeSpan.FromMinutes(2)),
            $"{topic} did not become {text}: {string.Join(", ", On(topic))}");

    /// <summary>Waits until so many messages came on a topic.</summary>
    public string[] WaitFor(string topic, int count)
    {
        Assert.True(
            SpinWait.SpinUntil(() => Pause() && On(topic).Length >= count, TimeSpan.FromMinutes(2)),
            $"{topic} has only {string.Join(", ", On(topic))}");
        return On(topic);
    }

    private static bool Pause()
    {
        Thread.Sleep(10);
        return true;
    }

    public void Dispose() => _client.Dispose();
}
