using Microsoft.Extensions.Logging;
using SwiftNet.Live.Control;
using SwiftNet.Live.Output;

namespace SwiftNet.Live.Segment;

/// <summary>Lets a camera's objects outlive a restart: written when it stops, read when it starts. A file that cannot be used is told, set aside, and the camera starts without it.</summary>
/// <param name="path">The file.</param>
/// <param name="logger">Where it is told.</param>
internal sealed partial class ObjectKeeper(string path, ILogger logger)
{
    private const string Auto = "auto";
    private const string None = "none";

    /// <summary>The keeper that the option asks for; null for none.</summary>
    /// <param name="folder">Objects:StateFolder.</param>
    /// <param name="camera">The camera's name.</param>
    /// <param name="logger">Where it is told.</param>
    public static ObjectKeeper? For(string folder, string camera, ILogger logger) =>
        FolderOf(folder) is { } place ? new ObjectKeeper(Path.Combine(place, $"{camera}.objects"), logger) : null;

    /// <summary>The folder that Objects:StateFolder means; null for none.</summary>
    public static string? FolderOf(string folder)
    {
        // systemd names the folders of StateDirectory, the first one first.
        var place = folder == Auto ? Environment.GetEnvironmentVariable("STATE_DIRECTORY")?.Split(':')[0] : folder == None ? null : folder;
        return string.IsNullOrEmpty(place) ? null : place;
    }

    /// <summary>Follows the objects that were followed at the last stop; without a file nothing happens.</summary>
    public void Restore(LiveObjects objects)
    {
        try
        {
            using var file = File.OpenRead(path);
            objects.Restore(file, revision: null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.CannotRead(logger, path, e.Message);
        }
        catch (ControlRefusedException e)
        {
            Log.SetAside(logger, path, e.Message, SetAside());
        }
    }

    /// <summary>Keeps the objects of this moment; where there are none, an older file goes.</summary>
    public void Store(LiveObjects objects)
    {
        var part = PartFile.Beside(path);
        try
        {
            if (objects.IsEmpty)
            {
                File.Delete(path);
                return;
            }

            OutputFolder.MakeFor(path);
            using (var file = File.Create(part.PartPath))
            {
                objects.Save(file);
            }

            part.Commit();
            Log.Kept(logger, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UserErrorException)
        {
            part.Discard();
            Log.CannotWrite(logger, path, e.Message);
        }
    }

    private string SetAside()
    {
        var aside = path + ".broken";
        try
        {
            File.Move(path, aside, overwrite: true);
            return aside;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Error, "The objects of {Path} cannot be restored: {Message} The file is now {Aside}, and the camera starts without them")]
        public static partial void SetAside(ILogger logger, string path, string message, string aside);

        [LoggerMessage(21, LogLevel.Error, "The objects of {Path} cannot be read: {Message}")]
        public static partial void CannotRead(ILogger logger, string path, string message);

        [LoggerMessage(22, LogLevel.Error, "The objects cannot be kept in {Path}: {Message}")]
        public static partial void CannotWrite(ILogger logger, string path, string message);

        [LoggerMessage(23, LogLevel.Information, "The objects are kept in {Path} for the next start")]
        public static partial void Kept(ILogger logger, string path);
    }
}
