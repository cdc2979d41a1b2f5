using SwiftNet.Live.Status;

namespace SwiftNet.Live.Control.Api;

/// <summary>The cameras that take commands at the time of the request.</summary>
/// <param name="controls">Their controls.</param>
/// <param name="views">What the page shows of each camera.</param>
internal sealed class ControlledCameras(IReadOnlyList<CameraControl> controls, IReadOnlyList<CameraView> views)
{
    /// <summary>Their controls.</summary>
    public IReadOnlyList<CameraControl> All => controls;

    /// <summary>The camera of this name.</summary>
    /// <exception cref="ControlRefusedException">There is none.</exception>
    public CameraControl Get(string name) =>
        controls.FirstOrDefault(camera => camera.Name == name)
            ?? throw new ControlRefusedException(
                Refusal.Unknown, "There is no camera of this name, or Objects:Control is off; /api/cameras lists those that there are.");

    /// <summary>Each camera.</summary>
    public CameraList List() => new([.. controls.Select(Of)]);

    private CameraFacts Of(CameraControl camera)
    {
        var status = views.FirstOrDefault(view => view.Name == camera.Name)?.Board.Current ?? PipelineStatus.Starting;
        using var newest = camera.Frames.Newest();
        return new CameraFacts(
            camera.Name, status.State, status.Connection.State ?? "connecting", status.Source, newest?.Number, newest?.CapturedTime,
            newest?.Width, newest?.Height, camera.Table.Current.Objects.Count);
    }
}
