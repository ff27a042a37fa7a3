using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class ListenResolverTests
{
    [Fact]
    public void By_default_only_this_machine_is_answered()
    {
        var listen = Resolve.Good("").Listen;
        Assert.Equal("127.0.0.1", listen.Host);
        Assert.Contains("this machine only", listen.HostReason, StringComparison.Ordinal);
    }

    [Fact]
    public void With_PORT_all_interfaces_are_listened_on()
    {
        var listen = Resolve.Good("", new FakeMachine().Set("PORT", "5000")).Listen;
        Assert.Equal("0.0.0.0", listen.Host);
        Assert.Equal("all interfaces, because PORT is set", listen.HostReason);
    }

    [Fact]
    public void As_process_1_of_a_container_all_interfaces_are_listened_on()
    {
        var listen = Resolve.Good("", new FakeMachine { ProcessId = 1 }).Listen;
        Assert.Equal("0.0.0.0", listen.Host);
        Assert.Contains("process 1 of a container", listen.HostReason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_written_goes_before_all_that()
    {
        var machine = new FakeMachine { ProcessId = 1 }.Set("PORT", "5000");
        var listen = Resolve.Good("--host 127.0.0.1", machine).Listen;
        Assert.Equal("127.0.0.1", listen.Host);
        Assert.Equal("--host 127.0.0.1", listen.HostReason);
    }

    [Theory]
    [InlineData("*", "0.0.0.0")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("[::1]", "::1")]
    [InlineData("10.0.0.7", "10.0.0.7")]
    public void Addresses_are_taken(string text, string address) =>
        Assert.Equal(address, Resolve.Good($"--host {text}").Listen.Host);

    [Theory]
    [InlineData("8000")]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("example.org")]
    [InlineData("127.0.0.1:8000")]
    public void What_is_no_address_is_told(string text) => Assert.StartsWith(
        $"--host: \"{text}\" is not an IP address; ", Resolve.Mistake($"--host {text}"), StringComparison.Ordinal);

    [Fact]
    public void A_unix_socket_takes_the_place_of_address_and_port()
    {
        var machine = new FakeMachine { EffectiveUserId = 0 }.Directory("/run").Set("PORT", "5000");
        var settings = Resolve.Good("--host unix:/run/site.sock --socket-mode 666 --socket-group www-data", machine);
        Assert.Equal("/run/site.sock", settings.Listen.UnixSocket());
        Assert.Equal((0, 0x1B6, 33u), (settings.Listen.Port, settings.Listen.SocketMode, settings.Listen.SocketGroup));
        Assert.Equal("/tmp/addergate-unix-run-site.sock:0", settings.ServerRoot);
        Assert.Null(Resolve.Good("").Listen.UnixSocket());
        Assert.Equal(0x1B0, Resolve.Good("--host unix:/srv/s").Listen.SocketMode);
    }

    [Theory]
    [InlineData("--host unix:", "--host: \"\" is not an absolute path of a socket; write it as in unix:/run/mysite/http.sock")]
    [InlineData("--host unix:s", "--host: \"s\" is not an absolute path of a socket; write it as in unix:/run/mysite/http.sock")]
    [InlineData("--host unix:/no/s", "--host: \"/no/s\" is in no directory: there is no /no; write it as in unix:/run/mysite/http.sock")]
    [InlineData("--host unix:/srv/s --port 80",
        "--port is given, and --host names a Unix socket, which has no ports and no HTTPS; give one of them; the proxy in front "
        + "speaks HTTPS")]
    [InlineData("--socket-mode 666", "--socket-mode is given, but no Unix socket; add --host unix:/PATH")]
    [InlineData("--host unix:/srv/s --socket-mode 999", "--socket-mode: \"999\" is no octal number from 0 to 777")]
    public void What_cannot_be_a_unix_socket_is_told(string line, string mistake) => Assert.Equal(mistake, Resolve.Mistake(line));
}
