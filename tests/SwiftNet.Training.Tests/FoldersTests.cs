using SwiftNet.Tests;

namespace SwiftNet.Training.Tests;

/// <summary>No two folders of the project use each other.</summary>
public sealed class FoldersTests
{
    [Fact]
    public void No_two_folders_of_the_training_tool_use_each_other() =>
        Assert.Empty(FolderPairs.Mutual(typeof(TrainingOptions).Assembly, "SwiftNet.Training"));
}
