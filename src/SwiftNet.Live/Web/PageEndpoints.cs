using Microsoft.AspNetCore.Builder;

namespace SwiftNet.Live.Web;

/// <summary>The page at <c>/</c>, and the files it is made of at <c>/page/…</c>.</summary>
internal static class PageEndpoints
{
    private const string Folder = "page/";

    /// <summary>Maps every file that the assembly holds, and nothing else: no path of a request is ever looked up.</summary>
    public static void MapPage(this WebApplication app)
    {
        foreach (var name in typeof(PageEndpoints).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            var file = new PageFile(name);
            app.MapGet(name == Folder + "index.html" ? "/" : "/" + name, file.SendAsync);
        }
    }
}
