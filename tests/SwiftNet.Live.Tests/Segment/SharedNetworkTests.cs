using Microsoft.Extensions.Logging.Abstractions;
using SwiftNet.Live.Options;
using SwiftNet.Live.Segment;

namespace SwiftNet.Live.Tests.Segment;

public sealed class SharedNetworkTests
{
    [Fact]
    public void The_weights_are_loaded_once_for_all_who_ask()
    {
        using var network = Network();
        SwiftNetModel? other = null;
        var thread = new Thread(() => other = network.Open());
        thread.Start();
        var own = network.Open();
        thread.Join();

        Assert.Same(own, other);
    }

    [Fact]
    public void Turns_come_in_the_order_in_which_they_were_asked_for()
    {
        using var network = Network();
        var order = new List<int>();
        var threads = new List<Thread>();
        using (network.Take())
        {
            for (var n = 0; n < 5; n++)
            {
                var number = n;
                var thread = new Thread(() =>
                {
                    using (network.Take())
                    {
                        order.Add(number);
                    }
                });
                thread.Start();
                threads.Add(thread);
                Assert.True(SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromMinutes(1)));
            }
        }

        threads.ForEach(thread => thread.Join());
        Assert.Equal([0, 1, 2, 3, 4], order);
    }

    private static SharedNetwork Network() => new(new Settings(), NullLogger<SharedNetwork>.Instance);
}
