using System.CommandLine;
using SwiftNet.Training.Commands;

namespace SwiftNet.Training.Tests.Commands;

public sealed class OptionTableTests
{
    [Fact]
    public void Every_option_has_a_help_text_with_range_and_default()
    {
        var command = new Command("train");
        OptionTable.AddTo(command);

        var shown = command.Options.Where(option => !option.Hidden).ToArray();
        Assert.Equal(typeof(TrainingOptions).GetProperties().Count(property => property.CanWrite), shown.Length);
        Assert.All(shown, option => Assert.Matches(@"^\S+ \S+ .+; \S+ to \S+; default: .+$", option.Description!));
    }

    [Fact]
    public void Defaults_lie_inside_their_ranges()
    {
        var defaults = new TrainingOptions();
        Assert.All(
            TrainingOptionAttribute.All.Where(pair => pair.Property.GetValue(defaults) is not null),
            pair => Assert.True(pair.Option.Contains(Convert.ToDouble(pair.Property.GetValue(defaults), null)), pair.Property.Name));
    }
}
