using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

// libtorch's threads and its counts of tensors are the whole process's.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace SwiftNet.Tests;

/// <summary>The settings that the service makes first of all.</summary>
internal static class Start
{
    [ModuleInitializer]
    internal static void Apply()
    {
        NativeSettings.Apply();
        NativeSettings.Quieten();
    }
}
