namespace SwiftNet.Tests;

/// <summary>No two folders of a project use each other.</summary>
public sealed class FoldersTests
{
    // Left for when the network's state moves to Tracking: the state of one video (Video, GivenFrames) stands in Network and names memory,
    // sights and windows.
    private static readonly string[] s_left = ["Memory, Network", "Network, Sights", "Network, Tracking", "Sights, Tracking"];

    [Fact]
    public void No_two_folders_of_the_library_use_each_other() =>
        Assert.Empty(FolderPairs.Mutual(typeof(VideoSegmenter).Assembly, "SwiftNet").Except(s_left));
}
