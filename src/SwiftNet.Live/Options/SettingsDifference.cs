using System.Reflection;

namespace SwiftNet.Live.Options;

/// <summary>Compares two configurations.</summary>
internal static class SettingsDifference
{
    /// <summary>Full keys of the options that differ, such as <c>Memory:Beta</c>.</summary>
    public static IEnumerable<string> Between(Settings before, Settings after) => Between("", before, after);

    private static IEnumerable<string> Between(string prefix, object before, object after)
    {
        foreach (var property in before.GetType().GetProperties().Where(p => p.CanWrite))
        {
            var (old, now, key) = (property.GetValue(before), property.GetValue(after), prefix + property.Name);
            if (IsRecord(property) && old is not null && now is not null)
            {
                foreach (var inner in Between(key + ":", old, now))
                {
                    yield return inner;
                }
            }
            else if (!Same(old, now))
            {
                yield return key;
            }
        }
    }

    private static bool IsRecord(PropertyInfo property) => property.PropertyType.GetMethod("<Clone>$") is not null;

    private static bool Same(object? old, object? now) =>
        old is IReadOnlyList<string> list && now is IReadOnlyList<string> other ? list.SequenceEqual(other) : Equals(old, now);
}
