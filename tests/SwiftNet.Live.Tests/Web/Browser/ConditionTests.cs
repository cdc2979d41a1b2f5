using Microsoft.Playwright;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Web.Browser;

/// <summary>The page says how it stands, also when all is not well.</summary>
[Collection(InABrowser.Name)]
public sealed class ConditionTests(RunningPage running)
{
    [Fact]
    public async Task A_service_that_stands_still_is_not_called_live_and_the_age_of_the_picture_counts()
    {
        await running.ResetAsync();
        await running.AddCupAsync("Cup");
        await using var visitor = await running.VisitAsync();
        var page = visitor.Page;
        await page.Locator(".chip.live").WaitForAsync();
        running.Freeze(true);
        try
        {
            await page.Locator(".chip.still, .chip.gone").WaitForAsync();
            await Assertions.Expect(page.Locator(".chip.live")).ToHaveCountAsync(0);
            await Assertions.Expect(page.Locator("#state.bad")).ToContainTextAsync("The service does not respond. Last picture");
            await Assertions.Expect(page.Locator(".stale-note")).ToHaveCountAsync(1);
            var before = await page.Locator(".chip.gone").InnerTextAsync();
            await Assertions.Expect(page.Locator(".chip.gone")).Not.ToHaveTextAsync(before);
        }
        finally
        {
            running.Freeze(false);
        }

        await page.Locator(".chip.live").WaitForAsync();
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("running");
        await Assertions.Expect(page.Locator(".stale-note")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_camera_that_is_away_is_told_in_a_sentence_with_the_next_try_and_a_machine_that_is_too_slow_in_another()
    {
        await using var two = new RunningPage
        {
            Options =
            [
                "--Cameras:0:Name=camera", "--Cameras:1:Name=away", $"--Cameras:1:Capture:Source=rtsp://127.0.0.1:{Broker.FreePort()}/none",
                "--Budget:FrameTime=1",
            ],
        };
        await two.InitializeAsync();
        await using var visitor = await two.VisitAsync();
        var page = visitor.Page;
        await two.AddCupAsync("Cup");
        await Assertions.Expect(page.Locator("#reduced")).ToContainTextAsync("Reduced: the machine is too slow for");

        await page.Locator("#camera").SelectOptionAsync("away");
        var state = page.Locator("#state.bad");
        await Assertions.Expect(state).ToContainTextAsync("The camera cannot be reached.");
        await Assertions.Expect(state).ToContainTextAsync("Next try in");
        await Assertions.Expect(page.Locator(".chip.lost")).ToHaveTextAsync("No picture");
        Assert.DoesNotContain("refused", await page.Locator("header").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "Latency: –" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Of_an_object_that_is_lost_no_confidence_is_shown()
    {
        await running.ResetAsync();
        await running.AddCupAsync("Cup");
        await using var visitor = await running.VisitAsync(before: page => page.RouteAsync("**/api/cameras/*/objects", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = System.Text.RegularExpressions.Regex.Replace(await answer.TextAsync(), "\"state\":\"[a-z_]+\"", "\"state\":\"lost\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)) });
        }));
        await Assertions.Expect(visitor.Page.Locator(".object[data-state=lost]")).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Page.Locator(".object .confidence")).ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Page.Locator(".object .state")).ToContainTextAsync("Lost");
    }

    [Fact]
    public async Task A_refusal_is_in_sight_and_after_a_correction_the_tool_is_Include_again()
    {
        await running.ResetAsync();
        await using var visitor = await running.VisitAsync(new() { ViewportSize = new() { Width = 1280, Height = 560 } });
        var page = visitor.Page;
        await page.Keyboard.PressAsync("x");
        await visitor.ClickAsync(300, 200);
        await Assertions.Expect(page.Locator(".refusal")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("a");

        await running.AddCupAsync("Cup");
        // Where the machine is slow the object may be lost by now; it is pointed at anew.
        await page.Locator(".object:not([data-state=catching_up])").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Correct Cup" }).ClickAsync();
        var cup = await running.CupAsync(await visitor.HeldFrameAsync());
        await page.Keyboard.PressAsync("b");
        await visitor.DragAsync((cup.Left - 4, cup.Top - 4), (cup.Right + 4, cup.Bottom + 4));
        await visitor.UnderstoodAsync();
        await page.Keyboard.PressAsync("x");
        await visitor.Confirm.ClickAsync();
        await page.Locator(".chip.live").WaitForAsync();
        await Assertions.Expect(page.Locator(".tool[data-tool=include]")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Behind_the_documented_proxy_a_browser_logs_in_points_and_logs_out()
    {
        const string Token = "correct horse battery staple";
        await using var closed = new RunningPage { Options = [$"--Web:Token={Token}", "--Web:TrustedProxies:0=127.0.0.1"] };
        await closed.InitializeAsync();
        using var proxy = Proxy.Before(new Uri(closed.Address));
        await using var visitor = await closed.NewVisitorAsync(
            new() { IgnoreHTTPSErrors = true, ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = visitor.Page;
        await page.GotoAsync(proxy.Address.AbsoluteUri);
        await page.Locator("#token").FillAsync("a wrong token");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The token is wrong");
        await page.Locator("#token").FillAsync(Token);
        await page.Keyboard.PressAsync("Enter");
        // The service starts beside the browser, so a busy machine takes its time.
        await page.WaitForURLAsync(proxy.Address.AbsoluteUri, new() { WaitUntil = WaitUntilState.Commit, Timeout = 180_000 });
        await page.Locator(".chip.live").WaitForAsync();
        await page.Keyboard.PressAsync("p");
        await visitor.DragAsync((100, 100), (200, 100));
        await visitor.UnderstoodAsync();
        await visitor.Confirm.ClickAsync();
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(1);

        await page.Locator("#logout").ClickAsync();
        await page.Locator("#token").WaitForAsync();
        await page.GotoAsync(proxy.Address.AbsoluteUri);
        await Assertions.Expect(page.Locator("#token")).ToHaveCountAsync(1);
    }
}
