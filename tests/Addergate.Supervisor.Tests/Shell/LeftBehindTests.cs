using System.Globalization;
using Addergate.Posix.Processes;
using Addergate.Supervisor.Shell;
using Addergate.Supervisor.Tests.Processes;

namespace Addergate.Supervisor.Tests.Shell;

/// <summary>Real processes, and a clock that the test is.</summary>
public sealed class LeftBehindTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    private readonly List<(TimeSpan Delay, Action Work)> _timers = [];
    private readonly List<string> _warnings = [];
    private readonly LeftBehind _left;
    private bool _isNone;

    public LeftBehindTests()
    {
        // Orphans come here, as they come to the supervisor.
        ProcessControl.BecomeSubreaper();
        _left = new LeftBehind(Patience, (delay, work) => _timers.Add((delay, work)), _warnings.Add);
    }

    [Fact]
    public void What_does_not_end_is_killed_when_its_time_is_over_and_is_named()
    {
        var (group, orphan) = LeaveBehind();
        _left.Add(group, "worker 3");
        _left.WhenNone(() => _isNone = true);
        _left.Look();
        Assert.False(_isNone);
        var (delay, work) = Assert.Single(_timers);
        Assert.Equal(Patience, delay);
        work();
        Assert.True(_isNone);
        Assert.Equal(
            [$"worker 3 left processes behind that did not end in time and are killed: sleep (pid {orphan})"], _warnings);
        Assert.Equal("was killed by SIGKILL", Reaper.Wait(orphan).ToString());
    }

    [Fact]
    public void What_ends_in_time_is_no_word_worth()
    {
        var (group, orphan) = LeaveBehind();
        _left.Add(group, "worker 3");
        _left.WhenNone(() => _isNone = true);
        Assert.False(_isNone);
        SignalSender.ToProcess(orphan, Signal.Kill);
        Reaper.Wait(orphan);
        _left.Look();
        Assert.True(_isNone);
        _timers[0].Work();
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Nothing_is_waited_for_when_nothing_is_left()
    {
        var child = Spawned.Run("/bin/sh", "-c", "echo $$");
        _left.Add(Number(child.Output), "worker 3");
        _left.WhenNone(() => _isNone = true);
        Assert.True(_isNone);
        Assert.Empty(_timers);
    }

    [Fact]
    public void All_can_be_killed_before_their_time()
    {
        var (group, orphan) = LeaveBehind();
        _left.Add(group, "worker 3");
        _left.KillAll();
        Assert.Equal("was killed by SIGKILL", Reaper.Wait(orphan).ToString());
        _left.WhenNone(() => _isNone = true);
        Assert.True(_isNone);
    }

    [Fact]
    public void A_number_that_is_a_living_process_again_is_left_alone()
    {
        var other = ChildProcess.Spawn(new SpawnRequest
        {
            Program = "/bin/sleep",
            Arguments = ["sleep", "600"],
            Environment = [],
            Descriptors = new Dictionary<int, int>(),
        }).ProcessId;
        _left.Add(other, "worker 3");
        _left.KillAll();
        Assert.True(SignalSender.ToProcess(other, Signal.Terminate));
        Assert.Equal("was killed by SIGTERM", Reaper.Wait(other).ToString());
    }

    /// <summary>A group whose leader has ended and been reaped, with a process in it that ignores SIGTERM.</summary>
    private static (int Group, int Orphan) LeaveBehind()
    {
        var leader = Spawned.Run(
            "/bin/sh", "-c", "trap '' TERM; echo $$; sleep 600 >/dev/null 2>&1 & echo $!");
        var lines = leader.Output.Split('\n');
        var (group, orphan) = (Number(lines[0]), Number(lines[1]));

        // Asked in vain.
        Assert.True(SignalSender.ToGroup(group, Signal.Terminate));
        return (group, orphan);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
}
