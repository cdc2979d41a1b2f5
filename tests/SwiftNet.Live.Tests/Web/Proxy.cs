using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SwiftNet.Live.Tests.TestSupport;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests.Web;

/// <summary>A real nginx before the service, set up as docs/proxy.md says.</summary>
internal sealed class Proxy : IDisposable
{
    private static readonly string? s_nginx = ((string[])["/usr/sbin/nginx", "/usr/bin/nginx"]).FirstOrDefault(File.Exists);
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    private Proxy(Uri service, Func<string, string> change)
    {
        var port = Broker.FreePort();
        MakeCertificate();
        var documented = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "proxy.md"));
        var server = documented[(documented.IndexOf("```nginx", StringComparison.Ordinal) + "```nginx".Length)..];
        server = server[..server.IndexOf("```", StringComparison.Ordinal)]
            .Replace("listen 443 ssl", $"listen 127.0.0.1:{port} ssl", StringComparison.Ordinal)
            .Replace("/etc/ssl/cameras.example", _folder["proxy"], StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8080/", $"http://127.0.0.1:{service.Port}/", StringComparison.Ordinal);
        string[] temporary =
        [
            .. new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(of => $"{of}_temp_path {_folder[of]};"),
        ];
        File.WriteAllText(
            _folder["nginx.conf"],
            $"daemon off; pid {_folder["pid"]}; error_log stderr; events {{ }} http {{ access_log off; {string.Join(' ', temporary)} "
                + $"{change(server)} }}");
        _process = Process.Start(new ProcessStartInfo(s_nginx!, ["-p", _folder.Root, "-e", "stderr", "-c", _folder["nginx.conf"]]) { RedirectStandardError = true })!;
        Address = new Uri($"https://127.0.0.1:{port}/live/");
        Assert.True(
            SpinWait.SpinUntil(() => _process.HasExited || Listens(port), TimeSpan.FromMinutes(1)) && !_process.HasExited,
            _process.HasExited ? _process.StandardError.ReadToEnd() : "nginx does not listen");
    }

    /// <summary>Where visitors come in.</summary>
    public Uri Address { get; }

    /// <summary>Starts it, or skips the test where there is no nginx.</summary>
    /// <param name="service">The service.</param>
    /// <param name="change">What is set up otherwise than documented.</param>
    public static Proxy Before(Uri service, Func<string, string>? change = null)
    {
        Assert.SkipWhen(s_nginx is null, "nginx is not installed (scripts/test installs it)");
        return new Proxy(service, change ?? (server => server));
    }

    /// <summary>A visitor that takes its certificate for good.</summary>
    public HttpClient Client() => new(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true, AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(1) };

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private void MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=cameras.example", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(_folder["proxy.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_folder["proxy.key"], key.ExportPkcs8PrivateKeyPem());
    }

    private static bool Listens(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            Thread.Sleep(20);
            return false;
        }
    }
}
