using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SwiftNet.Live.Output.Rtsp;

namespace SwiftNet.Live.Tests.Output.Rtsp;

public sealed class RtspCredentialsTests
{
    private readonly RtspCredentials _credentials = new("Mufasa", "CircleOfLife");

    [Fact]
    public void Before_a_challenge_nothing_is_shown() => Assert.Null(_credentials.For("ANNOUNCE", "rtsp://server/live"));

    [Fact]
    public void Basic_is_the_name_and_the_password()
    {
        Assert.True(_credentials.Learn(["Basic realm=\"x\""]));
        Assert.Equal("Basic TXVmYXNhOkNpcmNsZU9mTGlmZQ==", _credentials.For("ANNOUNCE", "rtsp://server/live"));
    }

    // The example of RFC 2069, with the response of its erratum 749.
    [Fact]
    public void Digest_is_preferred_and_as_in_the_standards_example()
    {
        Assert.True(
            _credentials.Learn(
                [
                    "Basic realm=\"x\"",
                    "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", "
                        + "opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
                ]));
        var answer = _credentials.For("GET", "/dir/index.html")!;
        Assert.StartsWith(
            "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", "
                + "uri=\"/dir/index.html\", ",
            answer,
            StringComparison.Ordinal);
        Assert.Contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"", answer, StringComparison.Ordinal);
        Assert.Contains("response=\"1949323746fe6a43ef61f9606e7febea\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_quality_of_protection_each_request_is_counted_and_has_a_number_of_ours()
    {
        Assert.True(_credentials.Learn(["Digest realm=\"r\", nonce=\"n\", qop=\"auth,auth-int\", algorithm=SHA-256"]));
        _ = _credentials.For("ANNOUNCE", "rtsp://server/live");
        var answer = _credentials.For("SETUP", "rtsp://server/live/streamid=0")!;
        var own = Regex.Match(answer, "cnonce=\"([^\"]+)\"").Groups[1].Value;
        var expected = Hash($"{Hash("Mufasa:r:CircleOfLife")}:n:00000002:{own}:auth:{Hash("SETUP:rtsp://server/live/streamid=0")}");
        Assert.Contains($"qop=auth, nc=00000002, cnonce=\"{own}\", response=\"{expected}\"", answer, StringComparison.Ordinal);

        static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void A_challenge_that_cannot_be_answered_is_none()
    {
        Assert.False(_credentials.Learn(["Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512-256", "Bearer"]));
        Assert.False(new RtspCredentials("", "").Learn(["Basic realm=\"x\""]));
        Assert.Null(_credentials.For("ANNOUNCE", "rtsp://server/live"));
    }
}
