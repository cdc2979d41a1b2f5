using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using OpenCvSharp;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Web.Browser;

/// <summary>What the page is for: pointing at an object, and seeing it followed.</summary>
[Collection(InABrowser.Name)]
public sealed class PointingTests(RunningPage running)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_is_boxed_followed_corrected_and_removed_and_a_reload_finds_everything_as_it_was()
    {
        await running.ResetAsync();
        await using var visitor = await running.VisitAsync();
        var page = visitor.Page;

        // Pointed at: the mask that was understood is about the cup's.
        var (frame, cup) = await HoldAsync(visitor);
        await visitor.DragAsync((cup.Left - 4, cup.Top - 4), (cup.Right + 4, cup.Bottom + 4));
        await visitor.UnderstoodAsync();
        // Where there is no room for every frame, its neighbour stands in.
        Assert.InRange(await visitor.HeldFrameAsync(), frame - 3, frame + 3);
        await page.Locator(".proposal .name").FillAsync("Cup");
        await page.Locator(".proposal .swatch").FillAsync("#00ff00");

        // Followed: the picture goes on, with the mask on the cup, which moves.
        await visitor.Confirm.ClickAsync();
        await page.Locator(".chip.live").WaitForAsync();
        await page.Locator(".object[data-state=tracking]").WaitForAsync();
        await FollowsTheCupAsync();
        await GreenIsSeenAsync(page);

        // Corrected: the mask of that frame is there to begin with.
        await page.GetByRole(AriaRole.Button, new() { Name = "Correct Cup" }).ClickAsync();
        await visitor.UnderstoodAsync();
        var again = await running.CupAsync(await visitor.HeldFrameAsync());
        await visitor.ClickAsync(again.X + (again.Width / 2.0), again.Y + (again.Height / 2.0));
        await visitor.UnderstoodAsync();
        await visitor.Confirm.ClickAsync();
        await Assertions.Expect(visitor.Spoken).ToContainTextAsync("Cup");
        await page.Locator(".chip.live").WaitForAsync();
        await page.Locator(".object[data-state=tracking]").WaitForAsync();
        await FollowsTheCupAsync();

        // Loaded again: all as it was.
        await page.ReloadAsync();
        await visitor.SeeAPictureAsync();
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Objects.Locator(".name")).ToHaveValueAsync("Cup");
        await Assertions.Expect(visitor.Objects.Locator(".swatch")).ToHaveValueAsync("#00ff00");
        await GreenIsSeenAsync(page);

        // Removed, once it is meant.
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Cup" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Cup" }).ClickAsync();
        await page.Locator("#yes").ClickAsync();
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(0);
        Assert.Empty(await running.ObjectsAsync());
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task What_is_known_of_an_object_is_shown_and_changed_in_its_line()
    {
        await running.ResetAsync();
        await using var visitor = await running.VisitAsync();
        var page = visitor.Page;
        await running.AddCupAsync("Beaker");
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(1);

        await visitor.Objects.Locator(".name").FillAsync("Cup");
        await page.Keyboard.PressAsync("Enter");
        await visitor.Objects.Locator(".swatch").FillAsync("#112233");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause Cup" }).ClickAsync();
        await page.Locator(".object[data-state=paused]").WaitForAsync();
        var cup = Assert.Single(await running.ObjectsAsync());
        Assert.Equal(
            ("Cup", "#112233", "paused"),
            (cup.GetProperty("name").GetString(), cup.GetProperty("colour").GetString(), cup.GetProperty("state").GetString()));

        await page.GetByRole(AriaRole.Button, new() { Name = "Resume Cup" }).ClickAsync();
        await page.Locator(".object:not([data-state=paused])").WaitForAsync();
        await page.Locator("#reset").ClickAsync();
        await page.Locator("#yes").ClickAsync();
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(0);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Objects_are_saved_to_a_file_and_followed_on_from_it_and_another_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        await running.ResetAsync();
        await using var visitor = await running.VisitAsync();
        var page = visitor.Page;
        await running.AddCupAsync("Beaker");
        await page.Locator(".object[data-state=tracking]").WaitForAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Save" }).ClickAsync());
        Assert.Equal("camera.objects", download.SuggestedFilename);
        await download.SaveAsAsync(folder["camera.objects"]);
        await running.ResetAsync();
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(0);

        await File.WriteAllTextAsync(folder["letter.txt"], "no objects", Cancellation);
        var file = page.Locator(".objects input[type=file]");
        await file.SetInputFilesAsync(folder["letter.txt"]);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("snapshot");
        Assert.Empty(await running.ObjectsAsync());

        await file.SetInputFilesAsync(folder["camera.objects"]);
        await Assertions.Expect(visitor.Objects.Locator(".name")).ToHaveValueAsync("Beaker");
        await page.Locator(".object[data-state=tracking], .object[data-state=recovered]").WaitForAsync();
        await FollowsTheCupAsync();
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Each_camera_has_its_own_picture_and_objects_and_a_link_keeps_which_it_is()
    {
        await using var two = new RunningPage
        {
            Options = ["--Cameras:0:Name=camera", "--Cameras:1:Name=yard", "--Cameras:1:Capture:Source=test:moving?size=320x240&fps=10"],
        };
        await two.InitializeAsync();
        await using var visitor = await two.VisitAsync();
        var page = visitor.Page;
        await two.AddCupAsync("Cup");
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(1);

        // What is pointed at stays behind with its camera.
        await page.Keyboard.PressAsync("f");
        await page.Locator(".chip.held").WaitForAsync();
        await page.Locator("#camera").SelectOptionAsync("yard");
        await visitor.SeeAPictureAsync();
        await page.Locator(".chip.live").WaitForAsync();
        await Assertions.Expect(page.Locator("header .about")).ToContainTextAsync("320x240");
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(0);
        await Assertions.Expect(page).ToHaveTitleAsync("yard · SwiftNet.Live");

        await page.ReloadAsync();
        await visitor.SeeAPictureAsync();
        await Assertions.Expect(page.Locator("#camera")).ToHaveValueAsync("yard");

        await page.Keyboard.PressAsync("k");
        await Assertions.Expect(page.Locator("#camera")).ToHaveValueAsync("camera");
        await Assertions.Expect(page.Locator("header .about")).ToContainTextAsync("640x480");
        await Assertions.Expect(visitor.Objects.Locator(".name")).ToHaveValueAsync("Cup");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Points_and_strokes_add_to_the_mask_and_take_from_it_and_are_undone()
    {
        await running.ResetAsync();
        await using var visitor = await running.VisitAsync();
        var page = visitor.Page;
        await page.Keyboard.PressAsync("f");
        await page.Keyboard.PressAsync("p");
        await visitor.DragAsync((100, 100), (200, 100));
        await visitor.UnderstoodAsync();
        var painted = await AreaAsync(page);
        // A line of 100 pixels with a brush of 16 to each side.
        Assert.InRange(painted, 3500, 4500);

        await page.Keyboard.PressAsync("e");
        await visitor.DragAsync((150, 60), (150, 140));
        await AreaBecomesAsync(page, area => area < painted - 500);
        await page.Keyboard.PressAsync("z");
        await AreaBecomesAsync(page, area => area == painted);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visitor.Confirm).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".chip.live").WaitForAsync();
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task What_the_service_refuses_is_said_in_its_words()
    {
        await running.ResetAsync();
        await using var visitor = await running.VisitAsync();
        await visitor.Page.Keyboard.PressAsync("x");
        await visitor.ClickAsync(300, 200);
        await Assertions.Expect(visitor.Page.Locator(".refusal")).ToContainTextAsync("a point on the object");
        await Assertions.Expect(visitor.Confirm).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_has_not_seen_what_another_changed_changes_nothing_and_is_told()
    {
        await running.ResetAsync();
        await running.AddCupAsync("Cup");

        // This one hears of nothing after the first list.
        var lists = 0;
        await using var visitor = await running.VisitAsync(before: async page =>
        {
            await page.RouteAsync("**/api/events*", route => route.AbortAsync());
            await page.RouteAsync("**/api/cameras/*/objects", async route =>
            {
                if (route.Request.Method == "GET" && Interlocked.Increment(ref lists) > 1)
                {
                    await route.AbortAsync();
                }
                else
                {
                    await route.ContinueAsync();
                }
            });
        });
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(1);
        await running.AddAsync("Hand", new Rect(420, 200, 150, 80));

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Cup" }).ClickAsync();
        await visitor.Page.Locator("#yes").ClickAsync();
        await visitor.Page.Locator(".toast").WaitForAsync();
        Assert.Equal(2, (await running.ObjectsAsync()).Length);
    }

    [Fact]
    public async Task Without_events_the_list_is_asked_for_again_and_again()
    {
        await running.ResetAsync();
        await using var visitor = await running.VisitAsync(before: page => page.RouteAsync("**/api/events*", route => route.AbortAsync()));
        await running.AddCupAsync("Cup");
        await Assertions.Expect(visitor.Objects).ToHaveCountAsync(1);
    }

    private async Task<(long Frame, Rect Cup)> HoldAsync(Visitor visitor)
    {
        await visitor.Page.Keyboard.PressAsync("f");
        var frame = await visitor.HeldFrameAsync();
        return (frame, await running.CupAsync(frame));
    }

    // The object's newest box is about where the cup is on the newest frame.
    private async Task FollowsTheCupAsync()
    {
        var (share, since) = (0.0, TimeProvider.System.GetTimestamp());
        while (share < 0.5)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromMinutes(1),
                $"The mask does not follow the cup: {share:P0} of both boxes together.");
            var cup = await running.CupAsync();
            if (Assert.Single(await running.ObjectsAsync()).GetProperty("box") is { ValueKind: JsonValueKind.Array } told)
            {
                int[] box = [.. told.EnumerateArray().Select(n => n.GetInt32())];
                var mask = new Rect(box[0], box[1], box[2], box[3]);
                var both = cup & mask;
                share = (double)(
                    both.Width * both.Height) / ((cup.Width * cup.Height) + (mask.Width * mask.Height) - (both.Width * both.Height));
            }
        }
    }

    // Drawn in green over the cup, in the live picture.
    private static Task GreenIsSeenAsync(IPage page) => page.WaitForFunctionAsync("""
        () => {
          const canvas = document.querySelector('.screen canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let green = 0;
          for (let i = 0; i < data.length; i += 4) green += data[i + 1] > data[i] + 50 && data[i + 1] > data[i + 2] + 50;
          return green > 5000;
        }
        """);

    private static async Task<int> AreaAsync(IPage page) =>
        int.Parse(
            (await page.Locator(".said").InnerTextAsync()).Split(" px")[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static async Task AreaBecomesAsync(IPage page, Func<int, bool> expected)
    {
        var since = TimeProvider.System.GetTimestamp();
        while ((await page.Locator(".said").InnerTextAsync()).Split(" px") is not [var area, _]
            || !expected(int.Parse(area, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromMinutes(1), "The mask stays as it is.");
            await Task.Delay(20, Cancellation);
        }
    }
}
