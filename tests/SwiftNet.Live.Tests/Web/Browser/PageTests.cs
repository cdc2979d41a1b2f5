using System.Text;
using Microsoft.Playwright;
using SwiftNet.Imaging.Rle;

namespace SwiftNet.Live.Tests.Web.Browser;

/// <summary>How the page behaves, whatever is followed.</summary>
[Collection(InABrowser.Name)]
public sealed class PageTests(RunningPage running)
{
    private static readonly BrowserNewContextOptions s_phone = new()
    {
        ViewportSize = new() { Width = 390, Height = 844 },
        HasTouch = true,
        IsMobile = true,
        DeviceScaleFactor = 2,
    };

    [Fact]
    public async Task All_that_the_service_counts_is_on_it()
    {
        await running.ResetAsync();
        await running.AddCupAsync("Cup");
        await using var visitor = await running.VisitAsync();
        await visitor.Page.Locator("#details summary").ClickAsync();
        string[] texts = ["captured", "written", "in flight", "640x480", "network input", "segment", "pixels per object", "preview"];
        foreach (var text in texts)
        {
            await Assertions.Expect(visitor.Page.Locator("#details")).ToContainTextAsync(text);
        }

        await Assertions.Expect(visitor.Page.Locator(".chart canvas")).ToHaveCountAsync(4);
        await Assertions.Expect(visitor.Page.Locator("#state")).ToHaveTextAsync("running");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Nothing_that_is_not_of_the_service_runs_in_it()
    {
        await using var visitor = await running.VisitAsync();
        await visitor.Page.EvaluateAsync("""
            () => {
              const script = document.createElement('script');
              script.textContent = 'window.foreign = true';
              document.body.append(script);
              document.body.insertAdjacentHTML('beforeend', '<img src="data:,x" onerror="window.foreign = true">');
            }
            """);
        await Assertions.Expect(visitor.Page.Locator("body > img")).ToHaveCountAsync(1);
        Assert.False(await visitor.Page.EvaluateAsync<bool>("() => 'foreign' in window"));
        Assert.NotEmpty(visitor.Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Its_colours_are_the_systems_until_others_are_chosen(ColorScheme scheme)
    {
        await using var visitor = await running.VisitAsync(new() { ColorScheme = scheme });
        Task<int> BrightnessAsync() =>
            visitor.Page.EvaluateAsync<int>("() => Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
        var system = await BrightnessAsync();
        Assert.Equal(scheme == ColorScheme.Light, system > 127);

        var button = visitor.Page.Locator("#theme");
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-label", "Colours: light");
        Assert.True(await BrightnessAsync() > 127);
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-label", "Colours: dark");
        Assert.True(await BrightnessAsync() < 127);

        await visitor.Page.ReloadAsync();
        await visitor.SeeAPictureAsync();
        Assert.True(await BrightnessAsync() < 127);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task On_a_phone_it_fits_and_a_tap_points()
    {
        await running.ResetAsync();
        await using var visitor = await running.VisitAsync(s_phone);
        var page = visitor.Page;
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await page.Locator(".tool.hold").TapAsync();
        var cup = await running.CupAsync(await visitor.HeldFrameAsync());
        var (x, y) = await visitor.PlaceAsync(cup.X + (cup.Width / 2.0), cup.Y + (cup.Height / 3.0));
        await page.Touchscreen.TapAsync(x, y);
        await visitor.UnderstoodAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.True(
            await page.EvaluateAsync<bool>(
                "() => [...document.querySelectorAll('.tool, .main')].every(b => b.getBoundingClientRect().height >= 44)"));
        Assert.Empty(visitor.Complaints);
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(320, 568)]
    public async Task On_a_phone_nothing_scrolls_sideways_and_every_tool_is_reached(int width, int height)
    {
        await running.ResetAsync();
        await running.AddCupAsync("A cup with a name that is far too long for the screen of a phone");
        await using var visitor = await running.VisitAsync(
            new() { ViewportSize = new() { Width = width, Height = height }, HasTouch = true, IsMobile = true, DeviceScaleFactor = 2 });
        var page = visitor.Page;
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(1);
        await page.Locator("#details summary").TapAsync();
        await page.Locator(".tool[data-tool=paint]").TapAsync();
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('body *')]
              .filter(e => !e.closest('.hidden, .chart, svg') && e.scrollWidth > e.clientWidth + 1
                && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
              .map(e => e.className || e.tagName)
            """));
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.tool, .brush, header button, .foot > *, .object button')]
              .filter(e => { const { left, right } = e.getBoundingClientRect(); return left < 0 || right > innerWidth + 0.5; })
              .map(e => e.outerHTML.slice(0, 80))
            """));
        await page.Locator("#help").TapAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task With_forced_colours_the_chosen_tool_stands_out()
    {
        await using var visitor = await running.VisitAsync(new() { ForcedColors = ForcedColors.Active });
        Task<string> ColourAsync(string tool) =>
            visitor.Page.Locator($".tool[data-tool={tool}]").EvaluateAsync<string>("tool => getComputedStyle(tool).backgroundColor");
        Assert.NotEqual(await ColourAsync("include"), await ColourAsync("exclude"));
        await visitor.Page.Keyboard.PressAsync("x");
        await Assertions.Expect(visitor.Page.Locator(".tool[data-tool=exclude]")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.NotEqual(await ColourAsync("include"), await ColourAsync("exclude"));
    }

    [Fact]
    public async Task Five_tabs_of_one_browser_all_show_the_picture_and_take_commands()
    {
        await running.ResetAsync();
        await using var visitor = await running.VisitAsync();
        var tabs = new List<IPage> { visitor.Page };
        for (var i = 0; i < 4; i++)
        {
            var tab = await visitor.Context.NewPageAsync();
            await tab.GotoAsync(running.Address);
            await tab.Locator(".chip.live").WaitForAsync();
            tabs.Add(tab);
        }

        await running.AddCupAsync("Cup");
        foreach (var tab in tabs)
        {
            await Assertions.Expect(tab.Locator(".object .name")).ToHaveValueAsync("Cup");
        }

        await tabs[^1].Locator(".object .name").FillAsync("Mug");
        await tabs[^1].Keyboard.PressAsync("Enter");
        await Assertions.Expect(tabs[0].Locator(".object .name")).ToHaveValueAsync("Mug");
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        await running.ResetAsync();
        await using var visitor = await running.VisitAsync();
        var (page, keyboard) = (visitor.Page, visitor.Page.Keyboard);

        // To the picture, past what stands before it; the cursor to the middle of the cup; there Enter points.
        while (!await visitor.Picture.EvaluateAsync<bool>("picture => picture === document.activeElement"))
        {
            await keyboard.PressAsync("Tab");
        }

        Assert.NotEqual("none", await visitor.Picture.EvaluateAsync<string>("picture => getComputedStyle(picture).outlineStyle"));
        await keyboard.PressAsync("f");
        var cup = await running.CupAsync(await visitor.HeldFrameAsync());
        await MoveAsync(keyboard, cup.X + (cup.Width / 2) - (RunningPage.Width / 2), cup.Y + (cup.Height / 3) - (RunningPage.Height / 2));
        await keyboard.PressAsync("Enter");
        await visitor.UnderstoodAsync();
        await Assertions.Expect(visitor.Spoken).ToContainTextAsync("A mask of");
        await keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(1);

        // A box by two corners, and back.
        await keyboard.PressAsync("b");
        await keyboard.PressAsync("ArrowLeft");
        await keyboard.PressAsync("Enter");
        await MoveAsync(keyboard, 50, 60);
        await keyboard.PressAsync("Enter");
        await page.Locator("#confirm, .refusal").First.WaitForAsync();
        await keyboard.PressAsync("Escape");
        await keyboard.PressAsync("Escape");
        await page.Locator(".chip.live").WaitForAsync();

        // The help names the keys, and takes the letters off.
        await keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("draw a box");
        await page.GetByRole(AriaRole.Checkbox).UncheckAsync();
        await keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await visitor.Picture.FocusAsync();
        await keyboard.PressAsync("f");
        await keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".chip.live")).ToHaveCountAsync(1);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Everything_that_can_be_pressed_has_a_name()
    {
        await running.ResetAsync();
        await running.AddCupAsync("Cup");
        await using var visitor = await running.VisitAsync();
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(1);
        Assert.Empty(await visitor.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button, input, select, a, [tabindex]')]
              .filter(e => !(e.getAttribute('aria-label') || e.labels?.[0]?.textContent.trim() || e.textContent.trim()))
              .map(e => e.outerHTML)
            """));
    }

    [Fact]
    public async Task The_pages_run_lengths_are_the_services()
    {
        await using var visitor = await running.VisitAsync();
        var ids = new byte[37 * 23];
        new Random(5).NextBytes(ids);
        for (var i = 0; i < ids.Length; i++)
        {
            // Long runs and short ones.
            ids[i] = (byte)((i % 37 is > 8 and < 20 && i / 37 is > 3 and < 18) || ids[i] > 240 ? 1 : 0);
        }

        ids[0] = 1;
        var lengths = new RunLengths();
        lengths.Measure(ids, 37);
        var counts = Encoding.ASCII.GetString(lengths.Finish(1));
        var answer = await visitor.Page.EvaluateAsync<string[]>(
            """
            async counts => {
              const { decode, encode } = await import('/page/model/rle.js');
              const pixels = decode({ size: [23, 37], counts });
              return [pixels.join(''), encode(pixels, 37, 23).counts];
            }
            """,
            counts);
        Assert.Equal([string.Concat(ids), counts], answer);
    }

    [Fact]
    public async Task Pictures_are_read_whatever_pieces_they_come_in()
    {
        await using var visitor = await running.VisitAsync();
        foreach (var piece in (int[])[1, 3, 50, 100_000])
        {
            var read = await visitor.Page.EvaluateAsync<string[]>(
                """
                async piece => {
                  const { readParts } = await import('/page/model/multipart.js');
                  const text = [7, 8, 9].map(n => `--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${n}\r\nX-Frame-Id: ${n}0\r\n\r\n${'\r\n\r\n-----'.slice(0, n).padEnd(n, n)}\r\n`).join('') + '--frame--\r\n';
                  const bytes = new TextEncoder().encode(text);
                  let at = 0;
                  const body = new ReadableStream({
                    pull(c) { if (at >= bytes.length) c.close(); else c.enqueue(bytes.slice(at, at += piece)); },
                  });
                  const parts = [];
                  await readParts(body, (headers, jpeg) =>
                    parts.push(`${headers.get('x-frame-id')} ${JSON.stringify(new TextDecoder().decode(jpeg))}`));
                  return parts;
                }
                """,
                piece);
            Assert.Equal(["""70 "\r\n\r\n---" """.Trim(), """80 "\r\n\r\n----" """.Trim(), """90 "\r\n\r\n-----" """.Trim()], read);
        }
    }

    // The cursor's long steps are a 64th of the frame's width, its short ones a pixel.
    private static async Task MoveAsync(IKeyboard keyboard, int right, int down)
    {
        const int Step = RunningPage.Width / 64;
        foreach (var (distance, forward, back) in new[] { (right, "ArrowRight", "ArrowLeft"), (down, "ArrowDown", "ArrowUp") })
        {
            for (var i = 0; i < Math.Abs(distance) / Step; i++)
            {
                await keyboard.PressAsync(distance > 0 ? forward : back);
            }

            for (var i = 0; i < Math.Abs(distance) % Step; i++)
            {
                await keyboard.PressAsync(distance > 0 ? "Shift+" + forward : "Shift+" + back);
            }
        }
    }
}
