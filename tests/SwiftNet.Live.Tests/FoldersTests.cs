using SwiftNet.Live.Pipeline;
using SwiftNet.Tests;

namespace SwiftNet.Live.Tests;

/// <summary>No two folders of a project use each other.</summary>
public sealed class FoldersTests
{
    // Left for when Segment is taken apart: commands act on the objects of the segment stage (CameraControl, ControlRegistration), prompts
    // take turns at its shared network (SharedNetwork, MaskFit), and the options check the objects' prompts with its parser
    // (ObjectPrompts).
    private static readonly string[] s_left = ["Control, Segment", "Options, Segment", "Prompts, Segment"];

    [Fact]
    public void No_two_folders_of_the_service_use_each_other() =>
        Assert.Empty(FolderPairs.Mutual(typeof(Frame).Assembly, "SwiftNet.Live").Except(s_left));

    [Fact]
    public void No_two_folders_of_the_imaging_library_use_each_other() =>
        Assert.Empty(FolderPairs.Mutual(typeof(NaturalOrder).Assembly, "SwiftNet.Imaging"));
}
