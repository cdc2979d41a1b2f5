using System.Text.Json;
using SwiftNet.Live.Fleet.Keeping;
using SwiftNet.Live.Fleet.Store;

namespace SwiftNet.Live.Fleet;

/// <summary>What a keeper leaves to the one after it: the fleet's boxes and cameras.</summary>
/// <param name="store">Where.</param>
/// <param name="of">What the keeper's numbers are given out under.</param>
/// <param name="epoch">This keeper's number: one that has been succeeded changes nothing.</param>
internal sealed class FleetRecords(IFleetStore store, string of, long epoch)
{
    private const string BoxesKey = "boxes";
    private const string CamerasKey = "cameras";

    /// <summary>The boxes.</summary>
    public async Task<string[]> BoxesAsync() => await store.GetAsync(BoxesKey) is { } kept ? JsonSerializer.Deserialize<string[]>(kept)! : [];

    /// <summary>The cameras, with the boxes whose configurations hold them.</summary>
    public async Task<IReadOnlyList<(CameraDefinition Camera, string[] Brought)>> CamerasAsync() => await store.GetAsync(CamerasKey) is not { } kept
        ? []
        : [.. JsonSerializer.Deserialize<CameraRecord[]>(kept)!.Select(camera => (new CameraDefinition(camera.Name, new(camera.Values, StringComparer.OrdinalIgnoreCase)), camera.Brought))];

    /// <summary>Keeps the boxes.</summary>
    public Task KeepBoxesAsync(IEnumerable<string> boxes) => KeepAsync(BoxesKey, JsonSerializer.SerializeToUtf8Bytes(boxes.Distinct().Order(StringComparer.Ordinal).ToArray()));

    /// <summary>Keeps the cameras.</summary>
    public Task KeepCamerasAsync(IEnumerable<CameraEntry> cameras) => KeepAsync(CamerasKey, JsonSerializer.SerializeToUtf8Bytes(
        cameras.Where(camera => !camera.IsGone).Select(camera => new CameraRecord(camera.Definition.Name, new(camera.Definition.Values), [.. camera.Brought])).ToArray()));

    private async Task KeepAsync(string key, byte[] value)
    {
        if (!await store.PutAsync(key, value, of, epoch))
        {
            throw new FleetStoreException("another keeper has succeeded this one", new InvalidOperationException(key));
        }
    }

    private sealed record CameraRecord(string Name, Dictionary<string, string> Values, string[] Brought);
}
