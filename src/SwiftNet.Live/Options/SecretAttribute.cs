namespace SwiftNet.Live.Options;

/// <summary>Marks an option whose value must never appear in messages: a password, or a URL that may contain one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
