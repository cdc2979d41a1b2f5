using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SwiftNet.Live.Control;
using SwiftNet.Live.Control.Api;
using SwiftNet.Live.Http;
using SwiftNet.Live.Options;
using SwiftNet.Live.Output.Clips;
using SwiftNet.Live.Status;
using SwiftNet.Live.Telemetry;

namespace SwiftNet.Live.Web;

/// <summary>The web server inside the service's process. It only reads snapshots and can never block a stage.</summary>
/// <param name="options">Address and token.</param>
/// <param name="cameras">The cameras to show.</param>
/// <param name="loggers">The service's loggers.</param>
/// <param name="metrics">The metrics; null = none.</param>
/// <param name="controls">The cameras that accept commands; null = none.</param>
/// <param name="clips">The event clips of each camera; null = none.</param>
/// <param name="objectEvents">Changes of the cameras' objects.</param>
/// <param name="time">The clock.</param>
/// <param name="parts">Additional endpoints.</param>
internal sealed partial class StatusServer(
    WebOptions options,
    IReadOnlyList<CameraView> cameras,
    ILoggerFactory loggers,
    MetricsExport? metrics = null,
    IReadOnlyList<CameraControl>? controls = null,
    IReadOnlyList<CameraClips>? clips = null,
    ObjectEventBroadcaster? objectEvents = null,
    TimeProvider? time = null,
    IEnumerable<EndpointModule>? parts = null) : IHostedService, IAsyncDisposable
{
    private readonly ILogger _log = loggers.CreateLogger<StatusServer>();
    private WebApplication? _app;
    private WrongTokens? _wrong;

    /// <summary>The address that the server listens on, with the actual port if port 0 was configured.</summary>
    public Uri Address => new((_app ?? throw new InvalidOperationException("The web server has not started yet."))
        .Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts listening.</summary>
    /// <exception cref="UserErrorException">The port is in use or not permitted, the address is invalid, or the token file is
    /// unusable.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var token = WebToken.From(options);

        // The empty builder has no configuration, environment or logging of its own.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var proxies = new TrustedProxies(IpNetworks.Parse(options.TrustedProxies));
        var clock = time ?? TimeProvider.System;
        var connections = new ConnectionLimit(proxies, clock, _log);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => KestrelLimits.Apply(kestrel, connections));
        builder.Services.AddSingleton<ILoggerFactory>(new PlainLoggers(loggers)).AddRoutingCore().AddRequestTimeouts(KestrelLimits.Apply).AddControlApi().AddClipApi();
        _app = builder.Build();
        _app.Urls.Add(options.Address);
        _app.UseRequestFaults(_log);
        _app.Use(connections.AnswerAsync);
        _app.UseOwnNames(options.OnlyHere && token is null);
        proxies.Use(_app);
        _app.UseHead();
        if (token is not null)
        {
            _wrong = new WrongTokens(_log);
            _app.UseToken(token, _wrong);
        }

        _app.UseSameSite();
        _app.UseRouting();
        _app.UseRequestTimeouts();
        if (token is not null)
        {
            _app.MapLogin(token, _wrong!);
        }

        _app.MapStatus(cameras, token is not null, clock);
        _app.MapControl(new ControlledCameras(controls ?? [], cameras), objectEvents ?? new ObjectEventBroadcaster(), clock).MapClips(clips ?? []);
        foreach (var part in parts ?? [])
        {
            part.Map(_app);
        }

        if (metrics is not null)
        {
            _app.MapPrometheusScrapingEndpoint("/metrics", metrics.Provider, configureBranchedPipeline: null, optionsName: null);
        }

        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or FormatException or InvalidOperationException)
        {
            throw new UserErrorException(e.InnerException is AddressInUseException
                ? $"Web:Address {options.Address} is in use by another program; stop it, or choose another port with "
                    + "--Web:Address=http://127.0.0.1:8081"
                : $"Web:Address {options.Address} cannot be used: {e.Message}", e);
        }

        Log.Listening(_log, Address, token is null ? "" : "; a token is required");
    }

    /// <summary>Stops listening and disconnects viewers.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _wrong?.Dispose();
        return _app?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Status page and preview: {Address}{Token}")]
        public static partial void Listening(ILogger logger, Uri address, string token);
    }
}
