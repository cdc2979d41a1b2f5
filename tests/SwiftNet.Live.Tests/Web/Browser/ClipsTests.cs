using Microsoft.Playwright;

namespace SwiftNet.Live.Tests.Web.Browser;

/// <summary>Event clips on the page: listed, played, downloaded, deleted.</summary>
[Collection(InABrowser.Name)]
public sealed class ClipsTests
{
    private static readonly BrowserNewContextOptions s_phone = new()
    {
        ViewportSize = new() { Width = 390, Height = 844 },
        HasTouch = true,
        IsMobile = true,
        DeviceScaleFactor = 2,
    };

    [Fact]
    public async Task A_clip_is_listed_played_downloaded_and_deleted_also_on_a_phone()
    {
        await using var running = new RunningPage
        {
            Options =
            [
                "--Output:Clips:Enabled=true",
                "--Output:Clips:Kinds=appeared",
                "--Output:Clips:PreSeconds=1",
                "--Output:Clips:PostSeconds=1",
            ],
        };
        await running.InitializeAsync();
        await using var visitor = await running.VisitAsync();
        var page = visitor.Page;
        await Assertions.Expect(page.Locator(".clips")).ToHaveCountAsync(0);
        foreach (var name in (string[])["Cup", "Mug"])
        {
            await running.AddAsync(name, await running.CupAsync());
            await Assertions.Expect(Clip(page, name)).ToHaveCountAsync(1);
        }

        // Newest first, with what happened and a picture that has loaded.
        await Assertions.Expect(page.Locator(".clip .name")).ToHaveTextAsync(["Mug appeared", "Cup appeared"]);
        await Assertions.Expect(Clip(page, "Cup").Locator("small")).ToContainTextAsync("ago");
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('.clip img')].every(img => img.naturalWidth === 640)");

        await Clip(page, "Cup").Locator(".thumbnail").ClickAsync();
        await Assertions.Expect(page.Locator("dialog h2")).ToHaveTextAsync("Cup appeared");
        await page.WaitForFunctionAsync("() => document.querySelector('video').videoWidth === 640");
        await page.WaitForFunctionAsync("() => document.querySelector('video').duration > 0.1");
        foreach (var (text, end) in new[]
        {
            ("Video", "video.mp4"),
            ("Overlay", "snapshot.jpg"),
            ("Picture", "picture.jpg"),
            ("Object", "crop.jpg"),
        })
        {
            var link = page.Locator("dialog a", new() { HasTextString = text });
            var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
            Assert.EndsWith(end, download.SuggestedFilename, StringComparison.Ordinal);
            Assert.True(new FileInfo(await download.PathAsync()).Length > 500);
        }

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await Clip(page, "Cup").Locator(".danger").ClickAsync();
        await page.Locator("#yes").ClickAsync();
        await Assertions.Expect(Clip(page, "Cup")).ToHaveCountAsync(0);
        Assert.Empty(visitor.Complaints);

        await using var phone = await running.VisitAsync(s_phone);
        await Clip(phone.Page, "Mug").Locator(".thumbnail").TapAsync();
        await phone.Page.WaitForFunctionAsync("() => document.querySelector('video').videoWidth === 640");
        Assert.True(await phone.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        const string Fits = "() => document.querySelector('dialog').scrollWidth <= document.querySelector('dialog').clientWidth";
        Assert.True(await phone.Page.EvaluateAsync<bool>(Fits));
        await phone.Page.Locator("dialog .danger").TapAsync();
        await phone.Page.Locator("#yes").TapAsync();
        await Assertions.Expect(phone.Page.Locator(".clips")).ToHaveCountAsync(0);
        Assert.Empty(phone.Complaints);
    }

    private static ILocator Clip(IPage page, string name) => page.Locator(".clip", new() { HasTextString = name });
}
