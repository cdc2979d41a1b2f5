namespace SwiftNet.Training.Network;

/// <summary>Parts of the network that are learnt at rates of their own.</summary>
internal enum NetworkPart
{
    /// <summary>The encoder of frames.</summary>
    Backbone,

    /// <summary>The light-aggregation encoder, which reads masks.</summary>
    MaskEncoder,

    /// <summary>Keys and values of memory and query, and what joins them.</summary>
    Memory,

    /// <summary>The decoder of masks.</summary>
    Decoder,
}
