using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SwiftNet.Live.Options;
using SwiftNet.Live.Web;

namespace SwiftNet.Live.Fleet;

/// <summary>Client for this node's own HTTP API. Repeats calls that arrived at another node, over loopback and with this node's
/// token.</summary>
internal sealed class LocalApiClient(Settings settings, IServiceProvider services) : IDisposable
{
    /// <summary>Headers that are forwarded with calls and responses.</summary>
    public static IReadOnlyList<string> Headers { get; } =
        ["Accept", "If-Match", "Content-Type", "ETag", "Location", "X-Frame-Id", "X-Frame-Time", "Content-Disposition"];

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(25),
    };

    /// <summary>Sends a call to this node's API.</summary>
    public async Task<ForwardedAnswer> AskAsync(ForwardedCall call)
    {
        if (services.GetServices<IHostedService>().OfType<StatusServer>().FirstOrDefault() is not { } server)
        {
            return new(404, [], []);
        }

        using var request = new HttpRequestMessage(
            new HttpMethod(call.Method), new Uri(WebOptions.ReachedAt(server.Address, "127.0.0.1"), call.Path));
        if (call.Body.Length > 0)
        {
            request.Content = new ByteArrayContent(call.Body);
        }

        foreach (var (name, value) in call.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (settings.Web.HasToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer", settings.Web.Token ?? (await File.ReadAllTextAsync(settings.Web.TokenFile!)).Trim());
        }

        using var response = await _http.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => Headers.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
        return new((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync());
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
