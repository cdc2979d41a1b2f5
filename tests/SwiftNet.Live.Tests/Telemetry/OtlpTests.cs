using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Telemetry;

public sealed class OtlpTests
{
    [Fact]
    public async Task Figures_are_pushed_page_or_no_page()
    {
        // An OTLP receiver as far as this goes: it keeps what it is sent.
        var bodies = new List<string>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        await using var receiver = builder.Build();
        receiver.Urls.Add("http://127.0.0.1:0");
        receiver.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            lock (bodies)
            {
                bodies.Add(
                    $"{http.Request.Method} {http.Request.Path} {http.Request.ContentType} {Encoding.Latin1.GetString(body.ToArray())}");
            }

            http.Response.ContentType = "application/x-protobuf";
        });
        await receiver.StartAsync(TestContext.Current.CancellationToken);

        using var process = new LiveProcess(
            "--Capture:Source=test:moving?size=160x96&fps=30", "--Segment:Size=96x96", "--Web:Enabled=false", "--Metrics:OtlpSeconds=1",
            $"--Metrics:OtlpEndpoint={receiver.Urls.First()}/v1/metrics");

        // Instruments that have recorded nothing are left out, so the first ones may hold less.
        process.WaitUntil(() =>
        {
            Thread.Sleep(100);
            lock (bodies)
            {
                return bodies.Exists(
                    body =>
                        Array.TrueForAll(
                            ["POST /v1/metrics application/x-protobuf", "swiftnet.frames.captured", "swiftnet.parts"],
                            text => body.Contains(text, StringComparison.Ordinal)));
            }
        });

        process.Terminate();
        Assert.Equal(0, process.Wait().Code);
        await receiver.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_receiver_that_is_away_ends_nothing_and_its_address_is_not_told()
    {
        // Port 9 is discard's: nobody is there.
        var (code, output, errors) = LiveProcess.Run(
            "--Capture:Source=test:moving?size=160x96&fps=100&frames=10", "--Segment:Size=96x96", "--Web:Enabled=false",
            "--Metrics:OtlpEndpoint=http://operator:hunter2@127.0.0.1:9/v1/metrics", "--verbose");

        Assert.True(code == 0, errors);
        Assert.DoesNotContain("hunter2", output + errors, StringComparison.Ordinal);
    }
}
