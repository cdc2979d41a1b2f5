using System.Runtime.CompilerServices;

namespace SwiftNet.Live.Tests;

/// <summary>The settings that the service makes first of all.</summary>
internal static class Start
{
    [ModuleInitializer]
    internal static void Apply() => NativeSettings.Apply();
}
