using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SwiftNet.Live.Options;
using SwiftNet.Live.Pipeline;
using SwiftNet.Live.Tests.Capture.Peers;

namespace SwiftNet.Live.Tests.Capture;

/// <summary>A password against a real server that asks for it: it works, and it is nowhere to be seen.</summary>
public sealed class CredentialTests
{
    private const string Password = "s3cr%t p@ss/w";
    private const string Written = "s3cr%25t%20p%40ss%2Fw";
    private static readonly string[] s_forms = [Password, Written, Written.ToLowerInvariant(), "s3cr"];

    [Theory]
    [InlineData("basic")]
    [InlineData("digest")]
    public void The_right_password_gets_pictures_and_is_in_no_argument_log_line_or_status(string method)
    {
        using var server = Protected(method);
        using var camera = WatchedCamera.Patient(WithUser(server.Address, Written));
        camera.WaitUntil(() => camera.Frames.Count > 3);

        var child = camera.Source.ChildId!.Value;
        var arguments = File.ReadAllText($"/proc/{child}/cmdline");
        Assert.StartsWith("/", arguments, StringComparison.Ordinal);
        Assert.Contains("ffmpeg\0", arguments, StringComparison.Ordinal);
        AssertNoSecret(arguments);
        AssertNoSecret(File.ReadAllText($"/proc/{child}/environ"));

        // Its end, with all that the decoder has to say.
        server.Stop();
        camera.WaitUntil(() => camera.Status.Fault == SourceFault.Unreachable);
        AssertNoSecret(camera);
        Assert.Contains($"rtsp://127.0.0.1:{server.Port}/camera", camera.Source.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_password_is_told_once_and_tried_again_after_minutes()
    {
        var time = new FakeTimeProvider();
        using var server = Protected("basic");
        using var camera = new WatchedCamera(new CaptureOptions { Source = WithUser(server.Address, Written + "x") }, time);
        camera.WaitUntil(() => camera.Status.State == SourceState.Refused);

        Assert.Equal(SourceFault.Authentication, camera.Status.Fault);
        Assert.Contains("401", camera.Status.Error, StringComparison.Ordinal);
        Assert.InRange(camera.Status.RetryAt!.Value - camera.Status.ErrorTime!.Value, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));

        // To the very end of each wait and no further: what a try takes runs by the same clock.
        camera.WaitUntil(() =>
        {
            if (camera.Status is { FailedTries: < 3, RetryAt: { } at } && at > time.GetLocalNow())
            {
                time.Advance(at - time.GetLocalNow());
            }

            return camera.Status is { State: SourceState.Refused, FailedTries: 3 };
        });
        Assert.Single(camera.Log.Of(LogLevel.Warning));
        AssertNoSecret(camera);
    }

    [Fact]
    public void Without_a_password_a_camera_that_wants_one_refuses()
    {
        using var server = Protected("digest");
        using var camera = new WatchedCamera(server.Address);

        camera.WaitUntil(() => camera.Status is { State: SourceState.Refused, Fault: SourceFault.Authentication });
    }

    private static RtspServer Protected(string method) =>
        new(["--user", "admin", "--password", Password, .. method == "digest" ? (string[])["--digest"] : []]);

    private static string WithUser(string address, string password) =>
        address.Replace("rtsp://", $"rtsp://admin:{password}@", StringComparison.Ordinal);

    private static void AssertNoSecret(WatchedCamera camera) =>
        AssertNoSecret(string.Join('\n', [.. camera.Log.All, $"{camera.Status}", camera.Source.Name]));

    private static void AssertNoSecret(string text) =>
        Assert.All(s_forms, form => Assert.DoesNotContain(form, text, StringComparison.OrdinalIgnoreCase));
}
