using System.Globalization;

namespace SwiftNet.Live.Commands.Eval;

/// <summary>A sequence in which the object is taken out of the pictures for a while.</summary>
/// <param name="Sequence">The sequence's name.</param>
/// <param name="First">The picture that the object is given on, counted from 0.</param>
/// <param name="Leave">The first picture without the object.</param>
/// <param name="Return">The first picture with it again.</param>
/// <param name="End">One behind the last picture.</param>
internal sealed record AbsenceClip(string Sequence, int First, int Leave, int Return, int End)
{
    /// <summary>Reads a list: one clip a line, its five parts with blanks between them; lines that begin with # are comments.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or a line is not of this form.</exception>
    public static IReadOnlyList<AbsenceClip> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The list of clips {path} cannot be read: {e.Message}", e);
        }

        var clips = lines
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => Parse(line, path))
            .ToArray();
        return clips.Length > 0 ? clips : throw new UserErrorException($"The list {path} names no clip.");
    }

    private static AbsenceClip Parse(string line, string path)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var numbers = new int[4];
        var whole = parts.Length == 5;
        for (var i = 0; whole && i < numbers.Length; i++)
        {
            whole = int.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]);
        }

        return whole && numbers[0] < numbers[1] && numbers[1] < numbers[2] && numbers[2] < numbers[3]
            ? new AbsenceClip(parts[0], numbers[0], numbers[1], numbers[2], numbers[3])
            : throw new UserErrorException(
                $"'{line}' in {path} is not SEQUENCE FIRST LEAVE RETURN END, pictures counted from 0 and in this order.");
    }
}
