using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class ServerRootResolverTests
{
    [Fact]
    public void Two_servers_on_one_machine_have_two_roots()
    {
        Assert.Equal("/tmp/addergate-127.0.0.1:8000:1000", Resolve.Good("").ServerRoot);
        Assert.Equal("/tmp/addergate-127.0.0.1:0.4711:1000", Resolve.Good("--port 0").ServerRoot);
        var root = new FakeMachine { EffectiveUserId = 0 };
        Assert.Equal("/tmp/addergate-127.0.0.1:8000:0", Resolve.Good("", root).ServerRoot);
        Assert.Equal("/tmp/addergate-127.0.0.1:8000:33", Resolve.Good("--user www-data", root).ServerRoot);
    }

    [Fact]
    public void TMPDIR_is_used_when_it_is_a_directory()
    {
        var machine = new FakeMachine().Directory("/var/t").Set("TMPDIR", "/var/t/");
        Assert.Equal("/var/t/addergate-127.0.0.1:8000:1000", Resolve.Good("", machine).ServerRoot);
        machine.Set("TMPDIR", "/var/gone");
        Assert.Equal("/tmp/addergate-127.0.0.1:8000:1000", Resolve.Good("", machine).ServerRoot);
    }

    [Fact]
    public void A_root_of_ones_own_must_be_a_directory_or_not_there_yet()
    {
        Assert.Equal("/srv/run", Resolve.Good("--server-root run").ServerRoot);
        Assert.Equal(
            "--server-root: /srv/app.wsgi is not a directory; name another one", Resolve.Mistake("--server-root app.wsgi"));
    }

    [Fact]
    public void A_pid_file_is_written_when_it_is_named()
    {
        Assert.Null(Resolve.Good("").PidFile);
        Assert.Equal("/srv/x.pid", Resolve.Good("--pid-file x.pid").PidFile);
    }
}
