namespace SwiftNet.Training.Network;

/// <summary>Parts of the network with separate learning rates.</summary>
internal enum NetworkPart
{
    /// <summary>The frame encoder.</summary>
    Backbone,

    /// <summary>The light-aggregation encoder of masks.</summary>
    MaskEncoder,

    /// <summary>Key and value heads of memory and query, and the ASPP that joins them.</summary>
    Memory,

    /// <summary>The mask decoder.</summary>
    Decoder,
}
