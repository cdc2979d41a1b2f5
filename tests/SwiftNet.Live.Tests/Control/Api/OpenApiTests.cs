using System.Text.Json;
using static SwiftNet.Live.Tests.TestSupport.ControlledService;

namespace SwiftNet.Live.Tests.Control.Api;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_description_holds_every_call_with_its_body_and_how_it_fails()
    {
        await using var service = await StartAsync();
        var description = await service.GetAsync("/openapi/v1.json");
        Assert.StartsWith("3.", description.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var paths = description.GetProperty("paths");
        (string Path, string[] Methods)[] calls =
        [
            ("/api/cameras", ["get"]),
            ("/api/cameras/{camera}/snapshot.jpg", ["get"]),
            ("/api/cameras/{camera}/objects", ["get", "post", "delete"]),
            ("/api/cameras/{camera}/objects/{id}", ["patch", "delete"]),
            ("/api/cameras/{camera}/objects/{id}/corrections", ["post"]),
            ("/api/cameras/{camera}/memory", ["get", "put"]),
            ("/api/cameras/{camera}/zones", ["get", "post"]),
            ("/api/cameras/{camera}/zones/{name}", ["delete"]),
            ("/api/cameras/{camera}/zones/{name}/counts", ["delete"]),
            ("/api/cameras/{camera}/clips", ["get"]),
            ("/api/cameras/{camera}/clips/{id}", ["delete"]),
            ("/api/cameras/{camera}/clips/{id}/video", ["get"]),
            ("/api/cameras/{camera}/clips/{id}/snapshot", ["get"]),
            ("/api/cameras/{camera}/clips/{id}/picture", ["get"]),
            ("/api/cameras/{camera}/clips/{id}/crop", ["get"]),
            ("/api/events", ["get"]),
        ];
        foreach (var (path, methods) in calls)
        {
            var call = paths.GetProperty(path);
            Assert.Equal(methods.Order(), call.EnumerateObject().Select(m => m.Name).Order());
            Assert.All(methods, method => Assert.NotEmpty(call.GetProperty(method).GetProperty("summary").GetString()!));
            Assert.All(
                methods,
                method =>
                    Assert.Superset(
                        new HashSet<string>(["401", "504"]),
                        call.GetProperty(method).GetProperty("responses").EnumerateObject().Select(r => r.Name).ToHashSet()));
        }

        var scheme = description.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer");
        Assert.Equal(("http", "bearer"), (scheme.GetProperty("type").GetString(), scheme.GetProperty("scheme").GetString()));
        Assert.Equal(JsonValueKind.Array, description.GetProperty("security")[0].GetProperty("bearer").ValueKind);

        var add = paths.GetProperty("/api/cameras/{camera}/objects").GetProperty("post");
        Assert.Equal(
            ["200", "201", "400", "401", "403", "404", "409", "410", "412", "413", "415", "422", "503", "504"],
            add.GetProperty("responses").EnumerateObject().Select(r => r.Name).Order());
        var ask = add.GetProperty("requestBody")
            .GetProperty("content")
            .GetProperty("application/json")
            .GetProperty("schema")
            .GetProperty("$ref")
            .GetString()!;
        var prompt = description.GetProperty("components").GetProperty("schemas").GetProperty("Prompt").GetProperty("properties");
        Assert.Equal("#/components/schemas/Ask", ask);
        Assert.Equal(["box", "mask_png", "mask_rle", "points", "polygon"], prompt.EnumerateObject().Select(p => p.Name).Order());
    }
}
