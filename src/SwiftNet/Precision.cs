namespace SwiftNet;

/// <summary>The number format that the network's convolutions run in; logits, softmax and similarities are float32 always.</summary>
public enum Precision
{
    /// <summary>Half precision on CUDA; on a CPU the format that is fastest there, which is measured at load.</summary>
    Auto,

    /// <summary>32 bit.</summary>
    Float32,

    /// <summary>16 bit with float32's range.</summary>
    BFloat16,

    /// <summary>8-bit activations and weights, on a CPU. What is added up before the logits stays float32.</summary>
    Int8,
}
