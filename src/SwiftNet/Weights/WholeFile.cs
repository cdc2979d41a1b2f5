namespace SwiftNet.Weights;

/// <summary>Reads weights files into memory.</summary>
internal static class WholeFile
{
    /// <summary>The file's bytes.</summary>
    /// <exception cref="WeightsException">The file is missing, unreadable, or larger than an array can be.</exception>
    public static byte[] Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > Array.MaxLength)
            {
                throw new WeightsException(
                    $"Weights '{path}' cannot be used: {stream.Length:N0} bytes are more than any weights of this network take.");
            }

            var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WeightsException($"Weights '{path}' do not exist.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new WeightsException($"Weights '{path}' cannot be read: {error.Message}", error);
        }
    }
}
