namespace SwiftNet.Imaging;

/// <summary>A file that is written beside its final place and takes that name only when it is complete.</summary>
internal readonly record struct PartFile(string Path, string PartPath)
{
    /// <summary>The part lies at <c>FINAL.part</c>.</summary>
    public static PartFile Beside(string path) => new(path, path + ".part");

    /// <summary>The part lies at <c>FINAL.part.EXT</c>, for writers that go by the extension.</summary>
    public static PartFile BesideWithExtension(string path) => new(path, path + ".part" + System.IO.Path.GetExtension(path));

    /// <summary>Gives the complete file its name, in place of an older one.</summary>
    public void Commit() => File.Move(PartPath, Path, overwrite: true);

    /// <summary>Writes the file beside its place, waits until the disk has it, and gives it its name: after a power cut either the older
    /// file or the whole new one is there.</summary>
    /// <exception cref="IOException">It cannot be written; an older file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Write(Action<Stream> write)
    {
        try
        {
            using (var stream = new FileStream(PartPath, FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            Commit();
        }
        catch
        {
            Discard();
            throw;
        }
    }

    /// <summary>Removes what was not completed; one that cannot be removed is left, under its part name.</summary>
    public void Discard()
    {
        try
        {
            File.Delete(PartPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
