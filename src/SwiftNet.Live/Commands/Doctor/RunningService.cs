using System.Net.Http.Headers;
using System.Text.Json;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Commands.Doctor;

/// <summary>The service itself, where it runs already with these settings.</summary>
internal sealed class RunningService
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private readonly HashSet<string> _delivering;

    private RunningService(IEnumerable<string> delivering) => _delivering = [.. delivering];

    /// <summary>Asks at the address of the settings; null where something else, or nothing, answers.</summary>
    public static RunningService? Find(WebOptions web)
    {
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
            {
                BaseAddress = WebOptions.ReachedAt(new Uri(web.Address), "127.0.0.1"),
                Timeout = s_patience,
            };
            return web.Enabled && Ask(http, "/health/live") == "live\n" ? new RunningService(Delivering(http, web)) : null;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            return null;
        }
    }

    /// <summary>Whether pictures of this camera come out of it.</summary>
    public bool Delivers(string camera) => _delivering.Contains(camera);

    private static IEnumerable<string> Delivering(HttpClient http, WebOptions web)
    {
        try
        {
            var token = string.IsNullOrWhiteSpace(web.TokenFile) ? web.Token : File.ReadAllText(web.TokenFile).Trim();
            http.DefaultRequestHeaders.Authorization = string.IsNullOrEmpty(token) ? null : new AuthenticationHeaderValue("Bearer", token);
            using var ready = JsonDocument.Parse(Ask(http, "/health/ready"));
            return
            [
                .. ready.RootElement.GetProperty("cameras")
                    .EnumerateArray()
                    .Where(camera => camera.GetProperty("delivers").GetBoolean())
                    .Select(camera => camera.GetProperty("name").GetString()!),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException)
        {
            // It runs with another token, or is another release: then the cameras are tried.
            return [];
        }
    }

    private static string Ask(HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = http.Send(request);
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        return reader.ReadToEnd();
    }
}
