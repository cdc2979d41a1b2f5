namespace SwiftNet.Live.Options;

/// <summary>Settings on the command line: any argument <c>--Section:Key=value</c> or <c>--Section:Key value</c>, with every
/// command.</summary>
internal static class SettingOverrides
{
    /// <summary>The option that overrides are rewritten to: <c>--set Section:Key=value</c>.</summary>
    public const string Option = "--set";

    /// <summary>Rewrites the overrides in <paramref name="args"/>; other arguments, and everything after <c>--</c>, are
    /// unchanged.</summary>
    /// <exception cref="UserErrorException">An override has no value.</exception>
    public static IReadOnlyList<string> Rewrite(IReadOnlyList<string> args)
    {
        var rewritten = new List<string>(args.Count);
        for (var i = 0; i < args.Count; i++)
        {
            var arg = args[i];
            if (arg == "--")
            {
                rewritten.AddRange(args.Skip(i));
                break;
            }

            if (!IsOverride(arg))
            {
                rewritten.Add(arg);
                continue;
            }

            if (!arg.Contains('=', StringComparison.Ordinal))
            {
                if (i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal))
                {
                    throw new UserErrorException($"The option {arg} has no value. Use {arg}=VALUE.");
                }

                arg += "=" + args[++i];
            }

            rewritten.AddRange([Option, arg[2..]]);
        }

        return rewritten;
    }

    private static bool IsOverride(string arg)
    {
        var name = arg.AsSpan(0, arg.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals ? equals : arg.Length);
        return name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':');
    }
}
