using SwiftNet.Live.Options;

namespace SwiftNet.Live.Tests.Options;

public sealed class SettingOverridesTests
{
    [Fact]
    public void Both_ways_of_writing_an_override_are_understood_and_all_else_is_left_alone() =>
        Assert.Equal(
            [
                "segment", "in:put.mp4", "--set", "Memory:Beta=0.2", "--box", "1,2,3,4", "--set", "Objects:Points=-1,2", "--output=a:b",
                "--set", "Web:Address=http://x:1", "--", "--Memory:Beta=1",
            ],
            SettingOverrides.Rewrite(
                [
                    "segment", "in:put.mp4", "--Memory:Beta=0.2", "--box", "1,2,3,4", "--Objects:Points", "-1,2", "--output=a:b",
                    "--Web:Address=http://x:1", "--", "--Memory:Beta=1",
                ]));

    [Theory]
    [InlineData("--Memory:Beta")]
    [InlineData("--Memory:Beta", "--verbose")]
    public void An_override_without_a_value_is_an_error(params string[] args) =>
        Assert.Contains(
            "--Memory:Beta has no value",
            Assert.Throws<UserErrorException>(() => SettingOverrides.Rewrite(args)).Message,
            StringComparison.Ordinal);
}
