using SwiftNet.Live.Prompts;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Prompts;

public sealed class PromptQueueTests(ShippedNetwork shipped) : IClassFixture<ShippedNetwork>
{
    private static readonly Prompt s_box = new() { Box = [70, 50, 100, 100] };
    [Fact]
    public async Task Prompts_asked_at_the_same_time_are_all_answered_alike()
    {
        using var queue = new PromptQueue(shipped.Network);

        var found = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Ask(queue, s_box)));

        Assert.All(found, mask => Assert.Equal(found[0].Pixels, mask.Pixels));
    }

    [Fact]
    public async Task A_prompt_that_gives_no_mask_is_told_to_who_asked_and_harms_no_other()
    {
        using var queue = new PromptQueue(shipped.Network);
        var wrong = Ask(queue, new Prompt());
        var right = Ask(queue, s_box);

        Assert.Equal(PromptFault.Unusable, (await Assert.ThrowsAsync<PromptException>(() => wrong)).Fault);
        Assert.True((await right).Area > 0);
    }

    [Fact]
    public async Task One_that_is_cancelled_before_its_turn_is_not_made()
    {
        using var queue = new PromptQueue(shipped.Network);
        using var cancellation = new CancellationTokenSource();
        Task<FoundMask> first, cancelled;
        // While the device is another's, the first cannot be finished, and the second waits for it.
        using (shipped.Network.Take())
        {
            first = Ask(queue, s_box);
            cancelled = queue.FindAsync(Scene.Picture, Scene.Width, Scene.Height, s_box, cancellation.Token);
            cancellation.Cancel();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.True((await first).Area > 0);
    }

    [Fact]
    public async Task When_the_service_stops_no_more_are_taken()
    {
        var queue = new PromptQueue(shipped.Network);
        await Ask(queue, s_box);
        queue.Dispose();

        await Assert.ThrowsAsync<OperationCanceledException>(() => Ask(queue, s_box));
    }

    private static Task<FoundMask> Ask(PromptQueue queue, Prompt prompt) =>
        queue.FindAsync(Scene.Picture, Scene.Width, Scene.Height, prompt, CancellationToken.None);
}
