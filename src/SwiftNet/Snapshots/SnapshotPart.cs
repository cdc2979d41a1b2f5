using SwiftNet.Weights;

namespace SwiftNet.Snapshots;

/// <summary>What a snapshot holds of the objects of one window.</summary>
/// <param name="Tensors">Its tensors, on the host.</param>
/// <param name="Texts">Its metadata.</param>
internal sealed record SnapshotPart(IReadOnlyDictionary<string, StoredTensor> Tensors, IReadOnlyDictionary<string, string> Texts);
