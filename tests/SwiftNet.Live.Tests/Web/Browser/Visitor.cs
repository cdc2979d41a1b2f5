using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace SwiftNet.Live.Tests.Web.Browser;

/// <summary>One visitor with a browser window of his own, and what the browser complained of.</summary>
internal sealed class Visitor(IBrowserContext context, IPage page) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = [];

    public IPage Page => page;

    /// <summary>Errors and warnings of the console, and exceptions that nobody caught.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public IBrowserContext Context => context;

    public ILocator Picture => page.Locator(".screen");

    public ILocator Confirm => page.Locator("#confirm");

    public ILocator Objects => page.Locator(".object");

    /// <summary>The last announcement for a screen reader.</summary>
    public ILocator Spoken => page.Locator("#spoken");

    /// <summary>The number of the frame that is held.</summary>
    public async Task<long> HeldFrameAsync()
    {
        var chip = page.Locator(".chip.held");
        await chip.WaitForAsync();
        return long.Parse((await chip.InnerTextAsync()).Trim()["Frame ".Length..].Replace(",", "", StringComparison.Ordinal));
    }

    /// <summary>Opens the page and waits for its first picture.</summary>
    public async Task OpenAsync(string address)
    {
        page.Console += (_, message) =>
        {
            // What the service refuses is said on the page; that the browser notes it as well is no fault of the page.
            if (message.Type is "error" or "warning" && !message.Location.Contains("/api/", StringComparison.Ordinal))
            {
                _complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        await page.GotoAsync(address);
        await SeeAPictureAsync();
    }

    /// <summary>Waits for the first picture.</summary>
    public async Task SeeAPictureAsync()
    {
        await Picture.WaitForAsync();
        await page.Locator(".waiting").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>Where a pixel of the frame is in the window.</summary>
    public async Task<(float X, float Y)> PlaceAsync(double x, double y)
    {
        var box = (await Picture.BoundingBoxAsync())!;
        return ((float)(box.X + (box.Width * x / RunningPage.Width)), (float)(box.Y + (box.Height * y / RunningPage.Height)));
    }

    /// <summary>Drags from one pixel of the frame to another.</summary>
    public async Task DragAsync((double X, double Y) from, (double X, double Y) to)
    {
        var (start, end) = (await PlaceAsync(from.X, from.Y), await PlaceAsync(to.X, to.Y));
        await page.Mouse.MoveAsync(start.X, start.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(end.X, end.Y, new() { Steps = 5 });
        await page.Mouse.UpAsync();
    }

    /// <summary>Clicks a pixel of the frame.</summary>
    public async Task ClickAsync(double x, double y)
    {
        var (left, top) = await PlaceAsync(x, y);
        await page.Mouse.ClickAsync(left, top);
    }

    /// <summary>Waits until what was pointed at is understood.</summary>
    public Task UnderstoodAsync() => page.Locator("#confirm:enabled").WaitForAsync();

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
