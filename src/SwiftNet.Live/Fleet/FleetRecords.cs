using System.Text.Json;
using System.Text.Json.Serialization;
using SwiftNet.Live.Fleet.Scheduling;
using SwiftNet.Live.Fleet.Store;

namespace SwiftNet.Live.Fleet;

/// <summary>The coordinator's persistent state: the fleet's nodes and cameras, read by the next coordinator.</summary>
/// <param name="store">The fleet's store.</param>
/// <param name="of">Name of the coordinator's epoch in the store.</param>
/// <param name="epoch">This coordinator's epoch; a coordinator that has been succeeded cannot write.</param>
internal sealed class FleetRecords(IFleetStore store, string of, long epoch)
{
    private const string NodesKey = "boxes";
    private const string CamerasKey = "cameras";

    /// <summary>Reads the nodes.</summary>
    public async Task<string[]> NodesAsync() =>
        await store.GetAsync(NodesKey) is { } kept ? JsonSerializer.Deserialize<string[]>(kept)! : [];

    /// <summary>Reads the cameras, each with the nodes whose configuration declares it.</summary>
    public async Task<IReadOnlyList<(CameraDefinition Camera, string[] DeclaredBy)>> CamerasAsync() =>
        await store.GetAsync(CamerasKey) is not { } kept
        ? []
        : [.. JsonSerializer.Deserialize<CameraRecord[]>(kept)!.Select(
            camera => (new CameraDefinition(camera.Name, new(camera.Values, StringComparer.OrdinalIgnoreCase)), camera.DeclaredBy))];

    /// <summary>Saves the nodes.</summary>
    public Task SaveNodesAsync(IEnumerable<string> nodes) =>
        KeepAsync(NodesKey, JsonSerializer.SerializeToUtf8Bytes(nodes.Distinct().Order(StringComparer.Ordinal).ToArray()));

    /// <summary>Saves the cameras.</summary>
    public Task SaveCamerasAsync(IEnumerable<CameraEntry> cameras) => KeepAsync(CamerasKey, JsonSerializer.SerializeToUtf8Bytes(
        cameras
            .Where(camera => !camera.IsGone)
            .Select(camera => new CameraRecord(camera.Definition.Name, new(camera.Definition.Values), [.. camera.DeclaredBy]))
            .ToArray()));

    private async Task KeepAsync(string key, byte[] value)
    {
        if (!await store.PutAsync(key, value, of, epoch))
        {
            throw new FleetStoreException("a newer coordinator has taken over", new InvalidOperationException(key));
        }
    }

    private sealed record CameraRecord(
        string Name, Dictionary<string, string> Values, [property: JsonPropertyName("Brought")] string[] DeclaredBy);
}
