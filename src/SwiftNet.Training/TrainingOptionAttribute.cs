using System.Globalization;
using System.Reflection;

namespace SwiftNet.Training;

/// <summary>Help text and range of an option in <see cref="TrainingOptions"/>.</summary>
/// <param name="help">What the option does, with its unit.</param>
/// <param name="min">The smallest value.</param>
/// <param name="max">The largest value.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TrainingOptionAttribute(string help, double min, double max) : Attribute
{
    /// <summary>All options with their attributes, in declaration order.</summary>
    public static IReadOnlyList<(PropertyInfo Property, TrainingOptionAttribute Option)> All { get; } =
    [
        .. typeof(TrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (Property: property, Option: property.GetCustomAttribute<TrainingOptionAttribute>()!))
            .Where(pair => pair.Option is not null),
    ];

    /// <summary>What the option does, with its unit.</summary>
    public string Help => help;

    /// <summary>The option's name before it was renamed, still accepted on the command line and in checkpoints; null = never
    /// renamed.</summary>
    public string? FormerName { get; init; }

    /// <summary>The text for an option that is not set; only for nullable options.</summary>
    public string Unset { get; init; } = "none";

    /// <summary>The range, for help and messages.</summary>
    public string Range => string.Create(CultureInfo.InvariantCulture, $"{min:#,0.######} to {max:#,0.######}");

    /// <summary>Whether the range contains a value.</summary>
    public bool Contains(double value) => value >= min && value <= max;
}
