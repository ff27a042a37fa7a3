using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class ServerRootResolverTests
{
    [Fact]
    public void Two_servers_on_one_machine_have_two_roots()
    {
        Assert.Equal("/tmp/addergate-127.0.0.1:8000:1000", Resolve.Good("").ServerRoot);
        Assert.Equal("/tmp/addergate-127.0.0.1:0.4711:1000", Resolve.Good("--port 0").ServerRoot);
    }

    [Fact]
    public void TMPDIR_is_used_when_a_socket_fits()
    {
        var machine = new FakeMachine().Directory("/var/t").Set("TMPDIR", "/var/t/");
        Assert.Equal("/var/t/addergate-127.0.0.1:8000:1000", Resolve.Good("", machine).ServerRoot);
        var deep = "/var/" + new string('d', 60);
        machine = new FakeMachine().Directory(deep).Set("TMPDIR", deep);
        Assert.Equal("/tmp/addergate-127.0.0.1:8000:1000", Resolve.Good("", machine).ServerRoot);
    }

    [Fact]
    public void A_root_of_ones_own_must_be_a_directory_in_which_a_socket_fits()
    {
        Assert.Equal("/srv/run", Resolve.Good("--server-root run").ServerRoot);
        Assert.Equal(
            "--server-root: /srv/app.wsgi is not a directory; name another one", Resolve.Mistake("--server-root app.wsgi"));
        Assert.Contains("is too long for Unix sockets", Resolve.Mistake("--server-root /" + new string('d', 90)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pid_file_lies_in_it_unless_it_is_named()
    {
        Assert.Equal("/srv/run/addergate.pid", Resolve.Good("--server-root run").PidFile);
        Assert.Equal("/srv/x.pid", Resolve.Good("--pid-file x.pid").PidFile);
    }
}
