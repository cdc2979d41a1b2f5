using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SwiftNet.Live.Tests.TestSupport;

/// <summary>A server that keeps what is posted to it and answers as configured.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private readonly List<(string Body, string Type, string Authorization)> _requests = [];
    private readonly Func<int, int> _answer;
    private WebApplication? _app;

    /// <summary>Answers request n, from 0, with this status.</summary>
    public WebhookServer(Func<int, int> answer) => _answer = answer;

    public Uri Address =>
        new(
            new Uri(_app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
            "/hook?key=hunter2");

    public (string Body, string Type, string Authorization)[] Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(TakeAsync);
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        lock (_requests)
        {
            http.Response.StatusCode = http.Request.Path == "/hook" && http.Request.QueryString.Value == "?key=hunter2"
                ? _answer(_requests.Count)
                : 404;
            _requests.Add((body, http.Request.ContentType ?? "", http.Request.Headers.Authorization.ToString()));
        }
    }
}
