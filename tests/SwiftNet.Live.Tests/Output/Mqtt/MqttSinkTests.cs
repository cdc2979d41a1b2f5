using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Mqtt;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Output.Mqtt;

public sealed class MqttSinkTests
{
    private const string Status = "site/yard/status";
    private const string Events = "site/yard/events";
    private readonly WarningLog _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_events_and_state_reach_the_broker_and_a_farewell()
    {
        using var broker = Broker.Open();
        broker.Start();
        using var subscriber = await Subscriber.To(broker);
        await using (var sink = Connect(broker, o => o with { StateSeconds = 3600 }))
        {
            await Write(sink, 0, 5);
            await Write(sink, 1, 30);
            await KeepAlive(sink, () => subscriber.On(Status) is [.., "online"]);
            var told = subscriber.WaitFor(Events, 2);
            Assert.StartsWith("""{"camera":"yard","event":"appeared","id":3,"frame":0,""", told[0], StringComparison.Ordinal);
            Assert.StartsWith("""{"camera":"yard","event":"moved","id":3,"frame":1,""", told[1], StringComparison.Ordinal);
            Assert.Equal(
                """{"camera":"yard","frame":0,"time":"2026-03-01T12:00:00+00:00","objects":[{"id":3,"box":[5,5,10,10],"area":100,"confidence":0.9}]}""",
                Assert.Single(subscriber.WaitFor("site/yard/state", 1)));
            Assert.True(SpinWait.SpinUntil(() => sink.OwnCounters.Taken == 3, TimeSpan.FromMinutes(2)));
            await sink.CompleteAsync(Cancellation);
            Assert.Equal((3, 0, 0), (sink.OwnCounters.Taken, sink.OwnCounters.Failed, sink.OwnCounters.Dropped));
        }

        subscriber.WaitFor(Status, "offline");

        // Who comes later still learns both.
        using var late = await Subscriber.To(broker);
        late.WaitFor(Status, "offline");
        late.WaitFor("site/yard/state", 1);
        Assert.Empty(late.On(Events));
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task A_broker_that_is_down_at_first_and_later_holds_up_nobody_and_gets_everything_when_it_is_back()
    {
        using var broker = Broker.Open();
        await using var sink = Connect(broker);
        await Write(sink, 0, 5);
        Assert.True(SpinWait.SpinUntil(() => sink.OwnCounters.IsFailing, TimeSpan.FromMinutes(2)));
        broker.Start();
        using (var subscriber = await Subscriber.To(broker))
        {
            await KeepAlive(sink, () => subscriber.On(Status) is [.., "online"] && sink.OwnCounters.Taken == 1);
        }

        broker.Kill();
        Assert.True(SpinWait.SpinUntil(() => sink.OwnCounters.IsFailing, TimeSpan.FromMinutes(2)));
        await Write(sink, 1, 30);
        broker.Start();
        using (var subscriber = await Subscriber.To(broker))
        {
            await KeepAlive(sink, () => subscriber.On(Status) is [.., "online"] && sink.OwnCounters.Taken == 2);
        }

        Assert.Equal(0, sink.OwnCounters.Dropped);

        // Logged once, since the second failure came within the minute.
        Assert.Contains($"The output 'mqtt' fails: 127.0.0.1:{broker.Port}: ", _log.Warnings[0], StringComparison.Ordinal);
        Assert.InRange(_log.Warnings.Count, 2, 4);
    }

    [Fact]
    public async Task With_no_broker_the_newest_events_wait_and_the_rest_is_counted()
    {
        using var broker = Broker.Open();
        var sink = Connect(broker);
        for (var number = 0; number < 300; number++)
        {
            await Write(sink, number, number % 2 == 0 ? 5 : 30);
        }

        Assert.InRange(sink.OwnCounters.Dropped, 43, 44);
        await sink.CompleteAsync(Cancellation);
        await sink.DisposeAsync();
        Assert.Equal((0, 300), (sink.OwnCounters.Taken, sink.OwnCounters.Dropped));
    }

    [Fact]
    public async Task A_camera_whose_frames_stay_away_is_offline_until_they_come_again()
    {
        using var broker = Broker.Open();
        broker.Start();
        var time = new FakeTimeProvider();
        using var subscriber = await Subscriber.To(broker);
        await using var sink = Connect(broker, time: time);
        await Advance(time, () => subscriber.On(Status) is [.., "online"], sink);
        await Advance(time, () => subscriber.On(Status) is [.., "offline"], sink: null);
        await Advance(time, () => subscriber.On(Status) is [.., "online"], sink);
    }

    [Fact]
    public async Task A_refused_password_is_told_without_it()
    {
        using var broker = new Broker("allow_anonymous false", "password_file passwords");
        File.WriteAllText(Path.Combine(broker.Folder, "passwords"), "");
        broker.Start();
        await using var sink = Connect(broker, o => o with { User = "someone", Password = "hunter2" });
        Assert.True(SpinWait.SpinUntil(() => sink.OwnCounters.IsFailing, TimeSpan.FromMinutes(2)));
        Assert.Contains("refused the connection", sink.OwnCounters.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", string.Concat(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encrypted_the_brokers_certificate_is_checked()
    {
        using var broker = new Broker("allow_anonymous true", "certfile broker.pem", "keyfile broker.key");
        MakeCertificate(broker.Folder);
        broker.Start();
        await using var trusting = Connect(
            broker, o => o with { Tls = true, Host = "localhost", CaFile = Path.Combine(broker.Folder, "broker.pem") });
        await using var doubting = Connect(broker, o => o with { Tls = true, Host = "localhost" });
        await Write(trusting, 0, 5);
        Assert.True(SpinWait.SpinUntil(() => trusting.OwnCounters.Taken == 1, TimeSpan.FromMinutes(2)), trusting.OwnCounters.LastError);
        Assert.True(SpinWait.SpinUntil(() => doubting.OwnCounters.IsFailing, TimeSpan.FromMinutes(2)));
        Assert.Contains("certificate", doubting.OwnCounters.LastError, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_missing_file_of_certificates_is_told_at_once()
    {
        var error = Assert.Throws<UserErrorException>(
            () => new MqttSink(
                new MqttOptions { Host = "127.0.0.1", Tls = true, CaFile = "/nowhere.pem" },
                new EventsOptions(),
                "yard",
                TimeProvider.System,
                _log));
        Assert.StartsWith("Output:Mqtt:CaFile=/nowhere.pem cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_service_is_killed_the_broker_says_offline_in_its_place()
    {
        using var broker = Broker.Open();
        broker.Start();
        using var subscriber = await Subscriber.To(broker);
        using (var process = new LiveProcess(
            "--Capture:Source=test:moving?size=160x96&fps=10", "--Web:Enabled=false", "--Output:Mqtt:Host=127.0.0.1", $"--Output:Mqtt:Port={broker.Port}", "--Output:Mqtt:User=someone", "--Output:Mqtt:Password=hunter2"))
        {
            process.WaitUntil(() => subscriber.On("swiftnet-live/camera/status") is [.., "online"]);
        }

        subscriber.WaitFor("swiftnet-live/camera/status", "offline");
    }

    private MqttSink Connect(Broker broker, Func<MqttOptions, MqttOptions>? change = null, TimeProvider? time = null)
    {
        var options = new MqttOptions { Host = "127.0.0.1", Port = broker.Port, Topic = "site" };
        return new MqttSink(
            change?.Invoke(options) ?? options, new EventsOptions { MovedSeconds = 0 }, "yard", time ?? TimeProvider.System, _log);
    }

    private static async Task Write(MqttSink sink, int number, int left)
    {
        using var frame = Frames.Plain(60, 20, (0, 0, 0), number).With(
            Frames.Box(60, 20, 3, left, 5, 10, 10), objects: new ObjectConfidence(3, 0.9f));
        await sink.WriteAsync(frame, default, Cancellation);
    }

    // Frames keep coming, as they do while a broker is away.
    private static async Task KeepAlive(MqttSink sink, Func<bool> done)
    {
        var limit = TimeProvider.System.GetTimestamp();
        using var frame = Frames.Plain(60, 20, (0, 0, 0));
        while (!done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(limit) < TimeSpan.FromMinutes(2), "It did not come to the broker.");
            await sink.WriteAsync(frame, default, Cancellation);
            await Task.Delay(50, Cancellation);
        }
    }

    // Half a second at a time, with a frame each where a sink is given.
    private static async Task Advance(FakeTimeProvider time, Func<bool> done, MqttSink? sink)
    {
        using var frame = Frames.Plain(60, 20, (0, 0, 0));
        for (var start = TimeProvider.System.GetTimestamp(); !done();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(2), "It did not come to the broker.");
            if (sink is not null)
            {
                await sink.WriteAsync(frame, default, Cancellation);
            }

            time.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Delay(20, Cancellation);
        }
    }

    private static void MakeCertificate(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        File.WriteAllText(Path.Combine(folder, "broker.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "broker.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
