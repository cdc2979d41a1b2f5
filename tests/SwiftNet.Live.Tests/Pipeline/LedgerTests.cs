using SwiftNet.Live.Pipeline;

namespace SwiftNet.Live.Tests.Pipeline;

public sealed class LedgerTests
{
    [Fact]
    public void It_balances_when_every_frame_has_ended_and_says_where()
    {
        var ledger = new Ledger(DropCause.OvertakenBeforePreprocess, DropCause.OvertakenBeforeOutput);
        for (var i = 0; i < 10; i++)
        {
            ledger.Captured();
        }

        for (var i = 0; i < 6; i++)
        {
            ledger.Written();
        }

        ledger.Dropped(DropCause.OvertakenBeforePreprocess);
        ledger.Dropped(DropCause.OvertakenBeforeOutput);
        Assert.Equal(2, ledger.Snapshot().Balance);
        Assert.EndsWith("; 2 unaccounted for", ledger.Snapshot().ToString(), StringComparison.Ordinal);

        ledger.Dropped(DropCause.OvertakenBeforeOutput);
        ledger.Failed();

        Assert.Equal(0, ledger.Snapshot().Balance);
        Assert.Equal(
            "captured 10 = written 6 + dropped 3 (overtaken before preprocess 1, overtaken before output 2) + failed 1",
            ledger.Snapshot().ToString());
    }
}
