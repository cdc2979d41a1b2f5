using Microsoft.Playwright;

namespace SwiftNet.Live.Tests.Web.Browser;

/// <summary>How long it takes from a click to the mask on the screen, and from confirming to the mask in the live picture, while the stream
/// runs: no test but a measurement, for scripts/click-to-mask.</summary>
[Collection(InABrowser.Name)]
public sealed class ClickToMask
{
    private const int Clicks = 24;

    [Fact(Explicit = true)]
    public async Task Measure()
    {
        await using var running = new RunningPage { Size = "576x320" };
        await running.InitializeAsync();
        await using var visitor = await running.VisitAsync();
        var page = visitor.Page;
        var (points, boxes, follows) = (new List<(double, double)>(), new List<(double, double)>(), new List<double>());
        for (var i = 0; i < Clicks; i++)
        {
            var cup = await running.CupAsync();
            await visitor.ClickAsync(cup.X + (cup.Width / 2.0), cup.Y + (cup.Height / 3.0));
            await visitor.UnderstoodAsync();
            points.Add(await LastAsync(page));
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("Escape");
            await page.Locator(".chip.live").WaitForAsync();

            await page.Keyboard.PressAsync("f");
            cup = await running.CupAsync(await visitor.HeldFrameAsync());
            await visitor.DragAsync((cup.Left - 3, cup.Top - 3), (cup.Right + 3, cup.Bottom + 3));
            await visitor.UnderstoodAsync();
            boxes.Add(await LastAsync(page));
            if (i % 4 == 0)
            {
                follows.Add(await FollowAsync(page));
                await running.ResetAsync();
                await page.Locator(".object").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            }
            else
            {
                await page.Keyboard.PressAsync("Escape");
                await page.Keyboard.PressAsync("Escape");
            }

            await page.Locator(".chip.live").WaitForAsync();
        }

        TestContext.Current.SendDiagnosticMessage(
            "{0}",
            $"{Lines("click to mask", points)}\n{Lines("box to mask", boxes)}\n{Line("confirm to tracking in the live picture", follows)}");
    }

    // All of it, and what the service took.
    private static async Task<(double, double)> LastAsync(IPage page)
    {
        var took = await page.EvaluateAsync<double[]>("""
            async () => {
              let all;
              while ((all = performance.getEntriesByName('click to mask')).length === 0) await new Promise(done => setTimeout(done, 5));
              performance.clearMeasures();
              return [all.at(-1).duration, all.at(-1).detail];
            }
            """);
        return (took[0], took[1]);
    }

    // Until the service says that the newest frame's mask is there, and the picture goes on.
    private static Task<double> FollowAsync(IPage page) => page.EvaluateAsync<double>("""
        async () => {
          const start = performance.now();
          document.querySelector('#confirm').click();
          while (!document.querySelector('.object[data-state=tracking]')) await new Promise(done => setTimeout(done, 5));
          return performance.now() - start;
        }
        """);

    private static string Lines(string name, List<(double All, double Service)> times) =>
        $"{Line(name, [.. times.Select(t => t.All)])}\n{Line("  of it the service", [.. times.Select(t => t.Service)])}";

    private static string Line(string name, List<double> times)
    {
        times.Sort();
        return $"{name,-42} median {times[times.Count / 2]:F0} ms, p90 {times[times.Count * 9 / 10]:F0} ms, {times.Count} times";
    }
}
