using System.Net;
using System.Net.Sockets;
using SwiftNet.Live.Commands.Doctor;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.Commands.Doctor;

public sealed class PortCheckTests
{
    [Fact]
    public void A_port_fails_while_another_listens_and_fine_afterwards()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var web = new WebOptions { Address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}" };

        var taken = PortCheck.Look(web);
        other.Stop();

        Assert.Equal(Verdict.Fails, taken.Verdict);
        Assert.Contains("Web:Address", taken.Detail, StringComparison.Ordinal);
        Assert.Equal(Verdict.Fine, PortCheck.Look(web).Verdict);
    }

    [Fact]
    public void A_page_that_is_off_needs_no_port() =>
        Assert.Equal(Verdict.Note, PortCheck.Look(new WebOptions { Enabled = false }).Verdict);
}
