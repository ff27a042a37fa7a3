using Addergate.Posix.Processes;
using Addergate.Settings.Model;
using Addergate.Supervisor.Services;
using Addergate.Supervisor.Tests.Fakes;

namespace Addergate.Supervisor.Tests.Services;

/// <summary>Each state of a service script with each thing that can happen.</summary>
public sealed class ServiceSetTests
{
    private static readonly ExitStatus Ended = new(0, 0, false);
    private static readonly ExitStatus Failed = new(1, 0, false);

    private readonly ManualTime _time = new();
    private readonly RecordingServiceShell _shell = new();
    private readonly ServiceSet _services;

    public ServiceSetTests()
    {
        _services = new ServiceSet(
            [Script("one"), Script("two")], TimeSpan.FromSeconds(15), _shell, _time, new Random(1));
    }

    private Service One => _services.All[0];

    private Service Two => _services.All[1];

    [Fact]
    public void All_are_started_and_end_when_told_to()
    {
        _services.Begin();
        Assert.Equal(["spawn one", "spawn two"], _shell.Take());
        _services.Stop();
        Assert.Equal(["TERM one", "end one by 15 s", "TERM two", "end two by 15 s"], _shell.Take());
        _services.OnEnded(One, Ended);
        Assert.False(_services.HasEnded);
        _services.OnEnded(Two, Failed);
        Assert.True(_services.HasEnded);
        Assert.Empty(_shell.Take());
        Assert.Empty(_shell.Complaints);
    }

    [Fact]
    public void One_that_ends_is_started_again_later_and_later()
    {
        _services.Begin();
        _shell.Take();
        var delays = new List<TimeSpan>();
        for (var time = 0; time < 12; time++)
        {
            _services.OnEnded(One, Failed, "; it wrote last: x");
            Assert.Equal(["later one"], _shell.Take());
            delays.Add(_shell.LastDelay);
            _services.OnDue(One);
            Assert.Equal(["spawn one"], _shell.Take());
        }

        Assert.Equal(TimeSpan.Zero, delays[0]);
        // But for the jitter at the longest.
        Assert.Equal(delays[..9].Order(), delays[..9]);
        Assert.InRange(delays[^1].TotalSeconds, 24, 30);
        Assert.Equal("service one (pid 101) ended with status 1; it wrote last: x; it starts again now", _shell.Complaints[0]);
        _time.Advance(TimeSpan.FromSeconds(1));
        _services.OnEnded(One, Ended);
        Assert.Equal(TimeSpan.Zero, _shell.LastDelay);
        Assert.Equal(ServiceState.Running, Two.State);
    }

    [Fact]
    public void A_process_that_cannot_be_had_is_tried_again()
    {
        _shell.SpawnFailure = "no memory";
        _services.Begin();
        Assert.Equal(["cannot spawn one", "later one", "cannot spawn two", "later two"], _shell.Take());
        Assert.StartsWith("service one has no process: no memory; it starts again in 0.", _shell.Complaints[0], StringComparison.Ordinal);
        _shell.SpawnFailure = null;
        _services.OnDue(One);
        Assert.Equal(["spawn one"], _shell.Take());
    }

    [Fact]
    public void One_that_does_not_end_in_time_is_killed()
    {
        _services.Begin();
        _services.Stop();
        _shell.Take();
        _services.OnOverdue(One);
        Assert.Equal(["KILL one"], _shell.Take());
        Assert.Equal(["service one (pid 101) did not end within 15 s and is killed"], _shell.Complaints);
        _services.OnEnded(One, new ExitStatus(0, 9, false));
        _services.OnOverdue(One);
        Assert.Empty(_shell.Take());
    }

    [Fact]
    public void A_reload_starts_each_anew_when_it_has_ended_and_those_that_wait_at_once()
    {
        _services.Begin();
        _services.OnEnded(Two, Failed);
        _shell.Take();
        _services.Renew();
        Assert.Equal(["TERM one", "end one by 15 s", "spawn two"], _shell.Take());
        _services.Renew();
        Assert.Equal(["TERM two", "end two by 15 s"], _shell.Take());
        _services.OnEnded(One, Failed);
        Assert.Equal(["spawn one"], _shell.Take());
        Assert.Equal(ServiceState.Running, One.State);
    }

    [Fact]
    public void Stopped_while_one_waits_nothing_is_started_any_more()
    {
        _services.Begin();
        _services.OnEnded(One, Failed);
        _shell.Take();
        _services.Stop();
        Assert.Equal(["TERM two", "end two by 15 s"], _shell.Take());
        _services.OnDue(One);
        _services.Renew();
        _services.Begin();
        _services.OnEnded(Two, Ended);
        Assert.Empty(_shell.Take());
        Assert.True(_services.HasEnded);
    }

    [Fact]
    public void Stopped_before_they_began_there_is_nothing_to_end()
    {
        _services.Stop();
        Assert.True(_services.HasEnded);
        _services.Begin();
        Assert.Empty(_shell.Take());
    }

    [Fact]
    public void Killed_they_end_at_once_also_those_that_were_told_to_end_before()
    {
        _services.Begin();
        _services.Renew();
        _shell.Take();
        _services.Kill();
        Assert.Equal(["KILL one", "KILL two"], _shell.Take());
        _services.OnEnded(One, new ExitStatus(0, 9, false));
        _services.OnEnded(Two, new ExitStatus(0, 9, false));
        Assert.True(_services.HasEnded);
        Assert.Empty(_shell.Take());
    }

    private static ServiceSettings Script(string name) =>
        new() { Name = name, Path = $"/srv/{name}.py", Identity = new IdentitySettings() };
}
