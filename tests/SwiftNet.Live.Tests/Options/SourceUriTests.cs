using System.Text.Json;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.Options;

public sealed class SourceUriTests
{
    [Theory]
    [InlineData("clip.mp4", "clip.mp4")]
    [InlineData("a?b=c@d.mp4", "a?b=c@d.mp4")]
    [InlineData("test:moving?size=160x96&fps=5", "test:moving?size=160x96&fps=5")]
    [InlineData("rtsp://camera/1", "rtsp://camera/1")]
    [InlineData("rtsp://admin:s3cret@camera:8554/1", "rtsp://camera:8554/1")]
    [InlineData("rtsp://s3cret@camera/1", "rtsp://camera/1")]
    [InlineData("http://camera/v?a=s3cret&b=2&s3cret", "http://camera/v?a=***&b=***&***")]
    [InlineData("rtmp://admin:s3cret@camera/1", "rtmp://camera/1")]
    public void As_text_it_is_without_what_is_secret(string text, string shown)
    {
        SourceUri source = text;

        Assert.Equal(shown, $"{source}");
        Assert.Equal(text, source.Reveal());
        Assert.DoesNotContain("s3cret", JsonSerializer.Serialize(source), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rtsp://camera/1", "camera", 554)]
    [InlineData("rtsps://camera/1", "camera", 322)]
    [InlineData("http://a:b@192.0.2.7:81/", "192.0.2.7", 81)]
    [InlineData("https://[2001:db8::1]/", "2001:db8::1", 443)]
    public void The_peer_is_host_and_port(string text, string host, int port)
    {
        SourceUri source = text;

        Assert.Null(source.Problem);
        Assert.Equal((host, port), source.Peer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rtsp://")]
    [InlineData("rtsp:/camera")]
    [InlineData("rtsp://a:b@c@camera/1")]
    [InlineData("rtsp://a:12/b@camera/1")]
    [InlineData("rtsp://a:12#b@camera/1")]
    [InlineData("http://camera/a b")]
    [InlineData("http://camera/a\nb")]
    public void What_may_be_misread_is_refused(string text) => Assert.NotNull(new SourceUri(text).Problem);

    [Theory]
    [InlineData("Impossible to open 'rtsp://admin:p%40s%2Fs@camera/1?key=hidden'")]
    [InlineData("Opening 'rtsp://admin:p%40s%2fs@camera/1?key=hidden' for reading")]
    [InlineData("said p@s/s and p%40s%2Fs")]
    [InlineData("Authorization: Basic YWRtaW46cEBzL3M=")]
    [InlineData("key is hidden")]
    [InlineData("redirected to https://other:pw@elsewhere/2?session=abcdef")]
    public void What_somebody_else_says_is_scrubbed_of_every_form(string line)
    {
        var scrubbed = new SourceUri("rtsp://admin:p%40s%2Fs@camera/1?key=hidden").Scrub(line);

        Assert.All(
            ["p@s", "p%40s", "YWRtaW46cEBzL3M=", "hidden", "pw", "abcdef"],
            secret => Assert.DoesNotContain(secret, scrubbed, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(line.Split(' ')[0], scrubbed.Split(' ')[0]);
    }

    [Fact]
    public void Two_of_the_same_text_are_equal()
    {
        Assert.Equal(new SourceUri("rtsp://a:b@c/"), new SourceUri("rtsp://a:b@c/"));
        Assert.NotEqual(new SourceUri("rtsp://a:b@c/"), new SourceUri("rtsp://a:d@c/"));
    }
}
