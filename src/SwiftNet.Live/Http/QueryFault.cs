using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace SwiftNet.Live.Http;

/// <summary>Finds the query parameter that is not valid for its endpoint.</summary>
internal static class QueryFault
{
    private const int LongestValue = 40;

    /// <summary>One line with the parameter, its value and the allowed values; null if all are valid.</summary>
    public static string? Of(HttpContext http)
    {
        foreach (var parameter in http.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var given = http.Request.Query[parameter.Name];
            if (given.Count > 0 && Allowed(parameter.ParameterInfo.ParameterType, given.ToString()) is { } allowed)
            {
                return $"{parameter.Name}={Shown(given.ToString())}: must be {allowed}.";
            }
        }

        return null;
    }

    // Describes the allowed values of an invalid parameter; null = valid.
    private static string? Allowed(Type type, string value) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(bool) => bool.TryParse(value, out _) ? null : "true or false",
        var t when t == typeof(long) =>
            long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) ? null : "a whole number",
        _ => null,
    };

    private static string Shown(string value) => new([.. value.Take(LongestValue).Select(c => char.IsControl(c) ? '?' : c)]);
}
