namespace SwiftNet.Live.Options;

/// <summary>Marks an option whose value no message may repeat: a password, or an address that may hold one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
