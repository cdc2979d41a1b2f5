using SwiftNet.Live.Options;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Tests.Web;

public sealed class WebTokenTests
{
    private const string Token = "0123456789abcdef";

    [Fact]
    public void A_token_may_come_from_a_file_whatever_ends_its_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["token"], $"{Token}\r\n");

        var token = WebToken.From(new WebOptions { TokenFile = folder["token"] })!;

        Assert.True(token.IsToken(Token));
        Assert.False(token.IsToken(Token + "\r\n"));
        Assert.False(token.IsToken(token.Session));
        Assert.True(token.IsSession(token.Session));
        Assert.False(token.IsSession(Token));
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("short", "must contain a token of at least 16 characters")]
    [InlineData("", "must contain a token of at least 16 characters")]
    [InlineData("endless", "at most 4096 bytes")]
    public void A_file_that_holds_none_is_one_clear_error(string? content, string expected)
    {
        using var folder = new TemporaryFolder();
        if (content is not null)
        {
            File.WriteAllText(folder["token"], content == "endless" ? new string('x', 5000) : content);
        }

        var error = Assert.Throws<UserErrorException>(() => WebToken.From(new WebOptions { TokenFile = folder["token"] }));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(folder["token"], error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("short", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://127.3.2.1:8080", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("http://LOCALHOST:8080", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://[::]:8080", false)]
    [InlineData("http://192.168.1.4:8080", false)]
    [InlineData("http://localhost.example:8080", false)]
    [InlineData("http://loopback:8080", false)]
    [InlineData("http://camera-box:8080", false)]
    public void An_address_is_of_this_machine_alone_or_not(string address, bool onlyHere) =>
        Assert.Equal(onlyHere, new WebOptions { Address = address }.OnlyHere);

    [Theory]
    [InlineData("http://0.0.0.0:8080", "10.0.0.11", "http://10.0.0.11:8080/")]
    [InlineData("http://[::]:8080", "fd00::11", "http://[fd00::11]:8080/")]
    [InlineData("http://127.0.0.1:8080", "10.0.0.11", "http://127.0.0.1:8080/")]
    [InlineData("http://camera-box:8080", "10.0.0.11", "http://camera-box:8080/")]
    public void A_page_on_all_addresses_is_reached_at_the_boxs_own(string address, string host, string expected) =>
        Assert.Equal(expected, WebOptions.ReachedAt(new Uri(address), host).ToString());

    [Fact]
    public void Options_that_are_printed_tell_no_token() =>
        Assert.DoesNotContain(Token, new Settings { Web = new WebOptions { Token = Token } }.ToString(), StringComparison.Ordinal);
}
