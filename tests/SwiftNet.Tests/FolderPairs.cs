using System.Reflection;
using NetArchTest.Rules;

namespace SwiftNet.Tests;

/// <summary>Pairs of folders of a project that use each other, found in the compiled assembly: a folder is a namespace.</summary>
internal static class FolderPairs
{
    /// <summary>The pairs as <c>A, B</c>, named from the project's folder, in alphabetical order. A folder counts with its
    /// subfolders; files of the folder above both are not compared.</summary>
    /// <param name="assembly">The project's assembly.</param>
    /// <param name="root">The project's namespace.</param>
    public static string[] Mutual(Assembly assembly, string root)
    {
        var types = Types.InAssembly(assembly);
        var folders = assembly.GetTypes()
            .Select(type => type.Namespace ?? "")
            .SelectMany(name => Ancestors(name, root))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();
        // One question a folder: each reads the assembly anew.
        var users = folders.ToDictionary(folder => folder, folder => types.That().HaveDependencyOnAny(folder).GetTypes()
            .SelectMany(type => Ancestors(NamespaceOf(type.FullName), root)).ToHashSet());
        return
        [
            .. from a in folders
               from b in folders
               where string.CompareOrdinal(a, b) < 0 && Parent(a) == Parent(b) && users[a].Contains(b) && users[b].Contains(a)
               select $"{a[(root.Length + 1)..]}, {b[(root.Length + 1)..]}",
        ];
    }

    // Of a nested type too: the part before the last dot before its outermost type's name.
    private static string NamespaceOf(string type)
    {
        var outer = type.Split('/', '+', '`', '<')[0];
        return outer.Contains('.', StringComparison.Ordinal) ? Parent(outer) : "";
    }

    private static string Parent(string folder) => folder[..folder.LastIndexOf('.')];

    private static IEnumerable<string> Ancestors(string name, string root)
    {
        for (; name.Length > root.Length && name.StartsWith(root + ".", StringComparison.Ordinal); name = Parent(name))
        {
            yield return name;
        }
    }
}
