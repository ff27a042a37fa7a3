using Addergate.Posix;
using Addergate.Posix.Files;
using Addergate.Posix.Processes;

namespace Addergate.Supervisor.Tests.Processes;

public sealed class ChildProcessTests
{
    [Fact]
    public void Output_environment_and_status_come_through()
    {
        var child = Spawned.Run("/bin/sh", "-c", "echo $SEEN; echo $0 >&2; exit 7", "zeroth ü");
        Assert.Equal(new ExitStatus(7, 0, false), child.Status);
        Assert.Equal("yes\n", child.Output);
        Assert.Equal("zeroth ü\n", child.Error);
        Assert.Equal("ended with status 7", child.Status.ToString());
    }

    [Fact]
    public void A_killed_child_tells_its_signal()
    {
        var child = Spawned.Run("/bin/sh", "-c", "kill -TERM $$");
        Assert.Equal(new ExitStatus(0, 15, false), child.Status);
        Assert.Equal("was killed by SIGTERM", child.Status.ToString());
    }

    [Fact]
    public void A_missing_program_is_a_value()
    {
        var result = ChildProcess.Spawn(new SpawnRequest
        {
            Program = "/nonexistent",
            Arguments = ["/nonexistent"],
            Environment = [],
            Descriptors = new Dictionary<int, int>(),
        });
        Assert.Equal(Errno.NoEntry, result.Errno);
        Assert.Equal("No such file or directory", result.ErrorText);
    }

    [Fact]
    public void Descriptors_that_cross_over_arrive_where_they_should()
    {
        using var three = File.OpenHandle("/etc/hostname");
        using var four = File.OpenHandle("/etc/passwd");
        var (a, b) = ((int)three.DangerousGetHandle(), (int)four.DangerousGetHandle());

        // Each goes where the other is.
        var child = Spawned.Run(
            ["/bin/sh", "-c", $"readlink /proc/$$/fd/{b}; readlink /proc/$$/fd/{a}"],
            new Dictionary<int, int> { [b] = a, [a] = b });
        Assert.Equal("/etc/hostname\n/etc/passwd\n", child.Output);
    }

    [Fact]
    public void A_child_leads_its_own_group_and_has_default_signals()
    {
        // Not by way of a shell, which blocks signals for moments.
        var child = Spawned.Run("/bin/grep", "-hE", "^(Pid|NSpgid|SigBlk|SigIgn)", "/proc/self/status");
        var lines = child.Output.Split('\n');
        Assert.Equal(lines[0].Split('\t')[1], lines[1].Split('\t')[1]);
        Assert.Equal("SigBlk:\t0000000000000000", lines[2]);
        Assert.Equal(0ul, SignalSets.Ignored(lines[3]));
    }

    [Fact]
    public void An_ended_child_keeps_its_number_until_it_is_released()
    {
        var result = ChildProcess.Spawn(new SpawnRequest
        {
            Program = "/bin/sleep",
            Arguments = ["sleep", "600"],
            Environment = [],
            Descriptors = new Dictionary<int, int>(),
        });
        Assert.True(SignalSender.ToGroup(result.ProcessId, Signal.Kill));
        Assert.Equal(new ExitStatus(0, 9, false), Reaper.Wait(result.ProcessId));
        Assert.Null(Reaper.Wait(result.ProcessId));
        Assert.False(SignalSender.ToProcess(result.ProcessId, Signal.Terminate));
    }

    [Fact]
    public void Pipes_do_not_reach_children_that_were_not_given_them()
    {
        using var pipe = PipePair.Create();
        var child = Spawned.Run("/bin/sh", "-c", $"ls /proc/$$/fd");
        Assert.DoesNotContain(
            $"{(int)pipe.Writer.DangerousGetHandle()}", child.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
