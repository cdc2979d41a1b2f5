using System.Runtime.Intrinsics.X86;

namespace SwiftNet;

/// <summary>What this processor can do that .NET does not tell.</summary>
public static class CpuFeatures
{
    /// <summary>Whether bfloat16 is multiplied in hardware: AVX512_BF16 or AMX-BF16.</summary>
    public static bool MultipliesBFloat16 { get; } = Detect();

    private static bool Detect()
    {
        const int Features = 7, Avx512BFloat16 = 1 << 5, AmxBFloat16 = 1 << 22; // CPUID leaf 7: subleaf 1 EAX, subleaf 0 EDX
        if (!X86Base.IsSupported || !Avx512F.IsSupported || X86Base.CpuId(0, 0).Eax < Features)
        {
            return false;
        }

        return (X86Base.CpuId(Features, 1).Eax & Avx512BFloat16) != 0 || (X86Base.CpuId(Features, 0).Edx & AmxBFloat16) != 0;
    }
}
