namespace SwiftNet;

/// <summary>The number format that the network's convolutions run in; logits, softmax and similarities are float32 always.</summary>
public enum Precision
{
    /// <summary>Half precision on CUDA; bfloat16 on a CPU that multiplies it (AVX512_BF16 or AMX); else float32.</summary>
    Auto,

    /// <summary>32 bit.</summary>
    Float32,

    /// <summary>16 bit with float32's range.</summary>
    BFloat16,
}
