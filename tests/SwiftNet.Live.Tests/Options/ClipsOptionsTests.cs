using Microsoft.Extensions.Configuration;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.Options;

public sealed class ClipsOptionsTests
{
    [Fact]
    public void What_is_wrong_is_reported_at_once_each_with_key_value_and_range()
    {
        (string Key, string Value, string Allowed)[] wrong =
        [
            ("Kinds", "entered,flew", "kinds of events, separated by commas: appeared, moved, lost"),
            ("PreSeconds", "61", "a number from 0 to 60"),
            ("PostSeconds", "-1", "a number from 0 to 300"),
            ("MemoryMegabytes", "7", "a whole number from 8 to 8192"),
            ("KeepDays", "0", "a number over 0, up to 3650"),
            ("KeepGigabytes", "0", "a number over 0, up to 1000000"),
            ("MinFreeGigabytes", "-1", "a number from 0 to 1000000"),
        ];
        var error = Assert.Throws<UserErrorException>(() => Read([.. wrong.Select(w => (w.Key, w.Value))]));
        Assert.All(wrong, w => Assert.Contains(
            $"Output:Clips:{w.Key}={w.Value}: must be {w.Allowed}",
            error.Message,
            StringComparison.Ordinal));
    }

    [Fact]
    public void A_clip_must_have_room_for_what_is_before_and_after_the_event()
    {
        var error = Assert.Throws<UserErrorException>(() => Read(("PreSeconds", "5"), ("PostSeconds", "20"), ("MaxSeconds", "24")));
        var expected = "Output:Clips:MaxSeconds=24: must be at least PreSeconds + PostSeconds = 25";
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_are_separated_by_commas() => Assert.Equal(["lost", "crossed"], Read(("Kinds", "lost, crossed")).KindList);

    private static ClipsOptions Read(params (string Key, string Value)[] values) => SettingsReader.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(v => KeyValuePair.Create($"Output:Clips:{v.Key}", (string?)v.Value)))
        .Build()).Output.Clips;
}
