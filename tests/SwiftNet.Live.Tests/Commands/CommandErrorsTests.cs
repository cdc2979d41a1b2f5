using System.CommandLine;
using SwiftNet.Live.Commands;

namespace SwiftNet.Live.Tests.Commands;

public sealed class CommandErrorsTests
{
    [Fact]
    public async Task What_the_user_can_mend_exits_with_1()
    {
        Assert.Equal(1, await ExitCodeOf(new UserErrorException("the door is shut")));
        Assert.Equal(1, await ExitCodeOf(new WeightsException("no weights")));
        Assert.Equal(1, await ExitCodeOf(new DeviceException("no device")));
    }

    [Fact]
    public async Task A_fault_of_the_program_exits_with_70() => Assert.Equal(70, await ExitCodeOf(new InvalidOperationException("broken")));

    [Fact]
    public async Task A_command_without_errors_exits_with_its_own_code() => Assert.Equal(0, await ExitCodeOf(null));

    private static Task<int> ExitCodeOf(Exception? thrown)
    {
        var root = new RootCommand();
        root.SetAction((_, _) => thrown is null ? Task.FromResult(0) : Task.FromException<int>(thrown));
        return CommandErrors.GuardAsync(root, []);
    }
}
