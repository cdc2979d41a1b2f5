using System.Text.Json;
using Microsoft.Playwright;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Web.Browser;

/// <summary>Zones and lines are drawn on the page.</summary>
[Collection(InABrowser.Name)]
public sealed class ZonesTests(RunningPage running)
{
    private static readonly BrowserNewContextOptions s_phone = new()
    {
        ViewportSize = new() { Width = 390, Height = 844 },
        HasTouch = true,
        IsMobile = true,
        DeviceScaleFactor = 2,
    };

    [Fact]
    public async Task A_zone_and_a_line_are_drawn_named_listed_and_removed()
    {
        await running.ResetAsync();
        await using var visitor = await running.VisitAsync();
        var page = visitor.Page;
        await page.Keyboard.PressAsync("g");
        await visitor.ClickAsync(100, 60);
        await visitor.ClickAsync(400, 60);
        await Assertions.Expect(page.Locator("#save-zone")).ToBeDisabledAsync();
        await visitor.ClickAsync(639, 400);
        await visitor.ClickAsync(300, 300);
        await page.Keyboard.PressAsync("z");
        await visitor.ClickAsync(100, 400);
        await page.Locator(".proposal .name").FillAsync("Table");
        await page.Locator("#save-zone").ClickAsync();
        await Assertions.Expect(Row(visitor, "Table")).ToContainTextAsync("0 inside");

        await page.Locator(".tool[data-tool=line]").ClickAsync();
        await visitor.ClickAsync(320, 470);
        await visitor.ClickAsync(320, 240);
        await page.Locator("#turn").ClickAsync();
        await page.Locator("#save-zone").ClickAsync();
        await Assertions.Expect(Row(visitor, "line 1")).ToContainTextAsync("0 forward");

        var zones = await ZonesAsync();
        Assert.Equal(["Table", "line 1"], zones.Select(zone => zone.GetProperty("name").GetString()));
        var corners = zones[0].GetProperty("points").EnumerateArray().Select(p => (X: p[0].GetDouble(), Y: p[1].GetDouble())).ToArray();
        Assert.Equal(4, corners.Length);
        Assert.InRange(corners[0].X, 0.15, 0.163);
        Assert.Equal(1, corners[2].X);
        var line = zones[1].GetProperty("points");
        Assert.True(line[0][1].GetDouble() < line[1][1].GetDouble(), "the line was turned around");

        // Nothing was held, and no object was asked for.
        await Assertions.Expect(page.Locator(".chip.held")).ToHaveCountAsync(0);

        await visitor.ClickAsync(10, 10);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#save-zone")).ToHaveCountAsync(0);
        foreach (var name in (string[])["Table", "line 1"])
        {
            await Row(visitor, name).Locator(".danger").ClickAsync();
            await page.Locator("#yes").ClickAsync();
            await Assertions.Expect(Row(visitor, name)).ToHaveCountAsync(0);
        }

        Assert.Empty(await ZonesAsync());
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task What_the_service_refuses_is_said_and_the_drawing_stays()
    {
        await using var visitor = await running.VisitAsync();
        await visitor.Page.Keyboard.PressAsync("l");
        await visitor.ClickAsync(100, 60);
        await visitor.ClickAsync(400, 60);
        await visitor.Page.Locator(".proposal .name").FillAsync("a/b");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator(".refusal")).ToContainTextAsync("letters, digits, spaces");
        await Assertions.Expect(visitor.Page.Locator("#save-zone")).ToBeEnabledAsync();
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task On_a_phone_a_zone_is_tapped_and_everything_fits()
    {
        await using var visitor = await running.VisitAsync(s_phone);
        var page = visitor.Page;
        await page.Locator(".tool[data-tool=zone]").TapAsync();
        foreach (var (x, y) in new[] { (100, 100), (500, 100), (300, 400) })
        {
            var (left, top) = await visitor.PlaceAsync(x, y);
            await page.Touchscreen.TapAsync(left, top);
        }

        await page.Locator("#save-zone").TapAsync();
        await Row(visitor, "zone 1").WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.True(await page.EvaluateAsync<bool>(
            "() => [...document.querySelectorAll('.zone button')].every(b => b.getBoundingClientRect().height >= 44)"));
        await Row(visitor, "zone 1").Locator(".danger").TapAsync();
        await page.Locator("#yes").TapAsync();
        await Assertions.Expect(Row(visitor, "zone 1")).ToHaveCountAsync(0);
        Assert.Empty(visitor.Complaints);
    }

    private static ILocator Row(Visitor visitor, string name) => visitor.Page.Locator($".zone[data-name='{name}']");

    private async Task<JsonElement[]> ZonesAsync()
    {
        var list = await running.Client.GetStringAsync($"{running.Address}/api/cameras/camera/zones", ControlledService.Cancellation);
        return [.. JsonElement.Parse(list).GetProperty("zones").EnumerateArray()];
    }
}
