using SwiftNet.Live.Commands.Doctor;

namespace SwiftNet.Live.Tests.Commands.Doctor;

public sealed class LinuxSystemTests
{
    [Theory]
    [InlineData("debian", "12", "libgtk-3-0")]
    [InlineData("ubuntu", "22.04", "libgtk-3-0")]
    [InlineData("ubuntu", "24.04", "libgtk-3-0t64")]
    [InlineData("debian", "13", "libgtk-3-0t64")]
    public void Gtk_has_the_name_that_the_distribution_gives_it(string id, string version, string package)
    {
        var system = new LinuxSystem([$"PRETTY_NAME=\"{id} {version} LTS\"", "", "# a remark", $"ID={id}", $"VERSION_ID=\"{version}\""]);

        Assert.Equal(package, system.Gtk);
        Assert.Equal($"{id} {version} LTS", system.Name);
    }

    [Fact]
    public void A_system_without_os_release_is_told_as_unknown() => Assert.Equal("an unknown Linux", new LinuxSystem([]).Name);
}
