using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SwiftNet.Live.Logging;

/// <summary>
/// Passes on at most <see cref="Most"/> lines a minute of each message, whatever stands in its places; how many were left out is said once
/// the minute is over. Lines about an address are counted for each address. What is below Information passes.
/// </summary>
[ProviderAlias("Console")]
internal sealed partial class RepeatLimit : ILoggerProvider, ISupportExternalScope
{
    /// <summary>Lines of one message that pass in a minute.</summary>
    public const int Most = 20;

    private const int MostMessages = 4096;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);
    private readonly ILoggerProvider _inner;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly ConcurrentDictionary<Message, Repeats> _repeats = new();

    /// <summary>Limits a provider.</summary>
    /// <param name="inner">Where lines go; disposed with this one.</param>
    /// <param name="time">The clock.</param>
    public RepeatLimit(ILoggerProvider inner, TimeProvider time)
    {
        (_inner, _time) = (inner, time);
        _timer = time.CreateTimer(_ => Report(all: false), null, s_look, s_look);
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Limited(this, _inner.CreateLogger(categoryName), categoryName);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) =>
        (_inner as ISupportExternalScope)?.SetScopeProvider(scopeProvider);

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        Report(all: true);
        _inner.Dispose();
    }

    private bool Passes(Message message, ILogger logger, LogLevel level, Func<string> text)
    {
        if (_repeats.Count >= MostMessages && !_repeats.ContainsKey(message))
        {
            return true;
        }

        var repeats = _repeats.GetOrAdd(message, _ => new Repeats(_time.GetTimestamp()));
        lock (repeats)
        {
            if (++repeats.Count <= Most)
            {
                return true;
            }

            repeats.Newest = (logger, level, text());
            return false;
        }
    }

    private void Report(bool all)
    {
        foreach (var (message, repeats) in _repeats)
        {
            if ((all || _time.GetElapsedTime(repeats.Since) >= s_window) && _repeats.TryRemove(message, out _))
            {
                lock (repeats)
                {
                    if (repeats.Newest is var (logger, level, text))
                    {
                        LeftOut(logger, level, repeats.Count - Most, text);
                    }
                }
            }
        }
    }

    [LoggerMessage(EventId = 1, Message = "{Count} more lines like this were left out within a minute, the newest: {Newest}")]
    private static partial void LeftOut(ILogger logger, LogLevel level, int count, string newest);

    private readonly record struct Message(string Category, LogLevel Level, int Event, string Format, string Address);

    private sealed class Repeats(long since)
    {
        public long Since => since;

        public int Count { get; set; }

        public (ILogger Logger, LogLevel Level, string Text)? Newest { get; set; }
    }

    private sealed class Limited(RepeatLimit limit, ILogger inner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel < LogLevel.Information
                || limit.Passes(Of(logLevel, eventId, state), inner, logLevel, () => formatter(state, exception)))
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }

        private Message Of<TState>(LogLevel level, EventId id, TState state)
        {
            var (format, address) = (id.Name ?? "", "");
            if (state is IReadOnlyList<KeyValuePair<string, object?>> values)
            {
                for (var i = 0; i < values.Count; i++)
                {
                    format = values[i].Key == "{OriginalFormat}" ? values[i].Value as string ?? format : format;
                    address = values[i].Key == "Address" ? values[i].Value?.ToString() ?? "" : address;
                }
            }

            return new Message(category, level, id.Id, format, address);
        }
    }
}
