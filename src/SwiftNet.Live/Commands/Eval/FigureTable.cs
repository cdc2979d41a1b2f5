using Spectre.Console;

namespace SwiftNet.Live.Commands.Eval;

/// <summary>Figures in rows and columns: drawn on a terminal, plain text elsewhere.</summary>
internal static class FigureTable
{
    /// <summary>Writes the table; the first column is left-aligned, the others right.</summary>
    public static void Write(string[] headings, IReadOnlyList<string[]> rows, IAnsiConsole console)
    {
        if (console.Profile.Out.IsTerminal)
        {
            console.Write(Draw(headings, rows));
        }
        else
        {
            WriteText([headings, .. rows], console.Profile.Out.Writer);
        }
    }

    /// <summary>Keeps a table as a file, which takes its name when it is complete.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static void Keep(string path, string text)
    {
        var part = PartFile.Beside(path);
        try
        {
            File.WriteAllText(part.PartPath, text);
            part.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            part.Discard();
            throw new UserErrorException($"The table {path} cannot be written: {e.Message}", e);
        }
    }

    private static Table Draw(string[] headings, IReadOnlyList<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < headings.Length; i++)
        {
            table.AddColumn(new TableColumn(Markup.Escape(headings[i])) { Alignment = i == 0 ? Justify.Left : Justify.Right });
        }

        foreach (var row in rows)
        {
            table.AddRow(Array.ConvertAll(row, Markup.Escape));
        }

        return table;
    }

    private static void WriteText(IReadOnlyList<string[]> rows, TextWriter to)
    {
        var widths = rows[0].Select((_, i) => rows.Max(r => r[i].Length)).ToArray();
        foreach (var row in rows)
        {
            to.WriteLine(string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))));
        }
    }
}
