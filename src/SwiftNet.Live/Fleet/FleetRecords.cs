using System.Text.Json;
using System.Text.Json.Serialization;
using SwiftNet.Live.Fleet.Scheduling;
using SwiftNet.Live.Fleet.Store;

namespace SwiftNet.Live.Fleet;

/// <summary>What a coordinator leaves to the one after it: the fleet's nodes and cameras.</summary>
/// <param name="store">Where.</param>
/// <param name="of">What the coordinator's numbers are given out under.</param>
/// <param name="epoch">This coordinator's number: one that has been succeeded changes nothing.</param>
internal sealed class FleetRecords(IFleetStore store, string of, long epoch)
{
    private const string NodesKey = "boxes";
    private const string CamerasKey = "cameras";

    /// <summary>The nodes.</summary>
    public async Task<string[]> NodesAsync() => await store.GetAsync(NodesKey) is { } kept ? JsonSerializer.Deserialize<string[]>(kept)! : [];

    /// <summary>The cameras, with the nodes whose configurations hold them.</summary>
    public async Task<IReadOnlyList<(CameraDefinition Camera, string[] DeclaredBy)>> CamerasAsync() => await store.GetAsync(CamerasKey) is not { } kept
        ? []
        : [.. JsonSerializer.Deserialize<CameraRecord[]>(kept)!.Select(camera => (new CameraDefinition(camera.Name, new(camera.Values, StringComparer.OrdinalIgnoreCase)), camera.DeclaredBy))];

    /// <summary>Keeps the nodes.</summary>
    public Task SaveNodesAsync(IEnumerable<string> nodes) => KeepAsync(NodesKey, JsonSerializer.SerializeToUtf8Bytes(nodes.Distinct().Order(StringComparer.Ordinal).ToArray()));

    /// <summary>Keeps the cameras.</summary>
    public Task SaveCamerasAsync(IEnumerable<CameraEntry> cameras) => KeepAsync(CamerasKey, JsonSerializer.SerializeToUtf8Bytes(
        cameras.Where(camera => !camera.IsGone).Select(camera => new CameraRecord(camera.Definition.Name, new(camera.Definition.Values), [.. camera.DeclaredBy])).ToArray()));

    private async Task KeepAsync(string key, byte[] value)
    {
        if (!await store.PutAsync(key, value, of, epoch))
        {
            throw new FleetStoreException("another coordinator has succeeded this one", new InvalidOperationException(key));
        }
    }

    private sealed record CameraRecord(string Name, Dictionary<string, string> Values, [property: JsonPropertyName("Brought")] string[] DeclaredBy);
}
