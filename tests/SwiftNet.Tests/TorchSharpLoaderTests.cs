using SwiftNet.Build;

namespace SwiftNet.Tests;

public sealed class TorchSharpLoaderTests : IDisposable
{
    private readonly string _copy = Path.Combine(Path.GetTempPath(), $"loader-{Guid.NewGuid():N}.so");

    public void Dispose() => File.Delete(_copy);

    [Fact]
    public void The_built_library_is_patched_already_and_a_second_pass_leaves_it_alone()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"), _copy);
        var before = File.ReadAllBytes(_copy);

        Assert.False(TorchSharpLoader.Patch(_copy));

        Assert.Equal(before, File.ReadAllBytes(_copy));
    }

    [Fact]
    public void The_packaged_library_is_patched_once_and_a_hard_link_to_it_keeps_the_original()
    {
        var packaged = typeof(TorchSharpLoaderTests).Assembly.GetCustomAttributes(
            typeof(System.Reflection.AssemblyMetadataAttribute), false)
            .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(a => a.Key == "PackagedTorchSharp").Value!;
        File.Copy(packaged, _copy);
        var original = File.ReadAllBytes(_copy);

        Assert.True(TorchSharpLoader.Patch(_copy));
        Assert.False(TorchSharpLoader.Patch(_copy));

        Assert.Equal(original.Length, new FileInfo(_copy).Length);
        Assert.Equal(original, File.ReadAllBytes(packaged));
    }

    [Fact]
    public void A_library_that_needs_no_new_symbol_is_left_alone() =>
        Assert.False(TorchSharpLoader.Patch(Copy("libc10.so")));

    [Fact]
    public void A_symbol_of_a_newer_libstdcxx_that_is_not_known_fails_with_its_name()
    {
        var file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        // The version that std::condition_variable::wait has, 3.4.30, becomes 3.4.39.
        var at = file.AsSpan().IndexOf("GLIBCXX_3.4.30\0"u8);
        file[at + 13] = (byte)'9';
        File.WriteAllBytes(_copy, file);

        var error = Assert.Throws<InvalidDataException>(() => TorchSharpLoader.Patch(_copy));

        Assert.Contains("GLIBCXX_3.4.39", error.Message, StringComparison.Ordinal);
        Assert.Equal(file, File.ReadAllBytes(_copy));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(5000)]
    public void A_cut_file_fails_clearly(int length)
    {
        File.WriteAllBytes(_copy, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"))[..length]);

        Assert.Throws<InvalidDataException>(() => TorchSharpLoader.Patch(_copy));
    }

    private string Copy(string name)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, name), _copy);
        return _copy;
    }
}
