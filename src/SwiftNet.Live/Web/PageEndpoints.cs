using Microsoft.AspNetCore.Builder;

namespace SwiftNet.Live.Web;

/// <summary>Serves the page at <c>/</c>, and its files at <c>/page/…</c>.</summary>
internal static class PageEndpoints
{
    private const string Folder = "page/";

    /// <summary>Maps every embedded file separately, so that no request path is ever looked up.</summary>
    public static void MapPage(this WebApplication app)
    {
        foreach (var name in typeof(PageEndpoints).Assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            var file = new PageFile(name);
            app.MapGet(name == Folder + "index.html" ? "/" : "/" + name, file.SendAsync);
        }
    }
}
