using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SwiftNet.Live.Options;

/// <summary>Converts configuration text to an option's type.</summary>
internal static class SettingValue
{
    /// <summary>Parses a value, or a list of texts (of which a single one may be given without a list).</summary>
    public static bool TryParse(IConfigurationSection given, Type type, out object value)
    {
        if (type == typeof(IReadOnlyList<string>))
        {
            var items = given.GetChildren().Select(c => c.Value ?? "").ToArray();
            value = items.Length > 0 || string.IsNullOrWhiteSpace(given.Value) ? items : [given.Value];
            return true;
        }

        value = "";
        return given.Value is { } text && !given.GetChildren().Any() && TryParse(text.Trim(), type, out value);
    }

    private static bool TryParse(string text, Type type, out object value)
    {
        var (parsed, result) = type switch
        {
            _ when type == typeof(string) => (true, text),
            _ when type == typeof(SourceUri) => (true, new SourceUri(text)),
            _ when type == typeof(bool) => (bool.TryParse(text, out var flag), flag),
            _ when type == typeof(int) =>
                (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole), whole),
            _ when type == typeof(double) => (
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number), number),
            _ when type == typeof(FrameSize) => (FrameSize.TryParse(text, out var size), size),
            _ when type == typeof(FrameTime) => (FrameTime.TryParse(text, out var time), time),
            { IsEnum: true } => (
                Array.Exists(Enum.GetNames(type), n => n.Equals(text, StringComparison.OrdinalIgnoreCase))
                    & Enum.TryParse(type, text, ignoreCase: true, out var word),
                word ?? text),
            _ => throw new NotSupportedException($"An option of type {type} cannot be read."),
        };
        value = result;
        return parsed;
    }
}
