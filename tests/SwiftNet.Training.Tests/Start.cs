using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

// libtorch's threads and its counts of tensors are the whole process's.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace SwiftNet.Training.Tests;

/// <summary>The settings that the tool makes first of all; its maps are too small here to be shared out between threads.</summary>
internal static class Start
{
    [ModuleInitializer]
    internal static void Apply()
    {
        NativeSettings.Apply();
        NativeSettings.Quieten();
        TorchSharp.torch.set_num_threads(1);
    }
}
