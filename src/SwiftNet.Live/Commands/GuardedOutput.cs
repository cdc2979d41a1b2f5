using System.Text;

namespace SwiftNet.Live.Commands;

/// <summary>The standard output, which may lead to a full disk or a terminal that is gone: one line, and no fault of the
/// program's.</summary>
internal sealed class GuardedOutput(TextWriter output) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => output.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Guard(() => output.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Guard(() => output.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Guard(() => output.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Guard(() => output.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Guard(output.Flush);

    private static void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The standard output cannot be written: {e.Message}", e);
        }
    }
}
