using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Addergate.Posix.Sockets;
using Addergate.Supervisor.Systemd;

namespace Addergate.Supervisor.Tests.Systemd;

public sealed class ServiceManagerTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("addergate-notify-").FullName;
    private readonly Socket _received = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public ServiceManagerTests() => _received.Bind(new UnixDomainSocketEndPoint(Path));

    private string Path => System.IO.Path.Combine(_directory, "notify");

    [Fact]
    public void Every_message_is_a_datagram_of_its_own()
    {
        var manager = Manager();
        manager.Ready();
        manager.Reloading();
        manager.Status("two\nlines");
        manager.Status("two\nother lines");
        manager.Stopping(TimeSpan.FromSeconds(20.5));
        manager.KeepAlive();
        manager.Drop("addergate-http");
        Assert.Equal("READY=1", Take());
        var reloading = Take().Split('\n');
        Assert.Equal("RELOADING=1", reloading[0]);
        var microseconds = long.Parse(reloading[1]["MONOTONIC_USEC=".Length..], CultureInfo.InvariantCulture);
        var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.InRange(uptime - (microseconds / 1e6), -1, 60);
        Assert.Equal("STATUS=two", Take());
        Assert.Equal("STOPPING=1\nEXTEND_TIMEOUT_USEC=20500000", Take());
        Assert.Equal("WATCHDOG=1", Take());
        Assert.Equal("FDSTOREREMOVE=1\nFDNAME=addergate-http", Take());
    }

    [Fact]
    public void A_socket_that_is_kept_travels_with_its_name()
    {
        using var port = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        port.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        port.Listen();
        Manager().Keep("addergate-http", port);
        var bytes = new byte[200];
        var count = DescriptorReceive.TryReceive(_received.SafeHandle, bytes, out var descriptor);
        Assert.Equal("FDSTORE=1\nFDNAME=addergate-http", Encoding.UTF8.GetString(bytes, 0, count));
        using var copy = new Socket(new SafeSocketHandle(descriptor!.DangerousGetHandle(), ownsHandle: true));
        descriptor.SetHandleAsInvalid();
        Assert.Equal(port.LocalEndPoint, copy.LocalEndPoint);
    }

    [Fact]
    public void After_another_process_has_taken_over_nothing_more_is_said()
    {
        var manager = Manager();
        manager.GiveTo(4711);
        manager.Stopping(TimeSpan.Zero);
        manager.Status("stopping");
        Assert.Equal("MAINPID=4711", Take());
        Assert.Equal(0, _received.Available);
    }

    [Fact]
    public void Without_a_manager_or_with_one_that_is_gone_nothing_happens()
    {
        new ServiceManager(new Dictionary<string, string>(), false).Ready();
        new ServiceManager(new Dictionary<string, string> { ["NOTIFY_SOCKET"] = "relative" }, false).Ready();
        new ServiceManager(new Dictionary<string, string> { ["NOTIFY_SOCKET"] = "/nosuch" }, false).Ready();
    }

    [Theory]
    [InlineData(null, "3000000", 1.5)]
    [InlineData("own", "3000000", 1.5)]
    [InlineData("1", "3000000", null)]
    [InlineData(null, "0", null)]
    [InlineData(null, "soon", null)]
    [InlineData(null, null, null)]
    public void The_watchdog_is_for_the_process_that_it_names(string? process, string? microseconds, double? seconds)
    {
        var environment = new Dictionary<string, string> { ["NOTIFY_SOCKET"] = Path };
        if (process is not null)
        {
            environment["WATCHDOG_PID"] = process == "own" ? $"{Environment.ProcessId}" : process;
        }

        if (microseconds is not null)
        {
            environment["WATCHDOG_USEC"] = microseconds;
        }

        Assert.Equal(seconds, new ServiceManager(environment, false).WatchdogInterval?.TotalSeconds);
        Assert.Equal(
            microseconds == "3000000", new ServiceManager(environment, true).WatchdogInterval is not null);
    }

    public void Dispose()
    {
        _received.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private ServiceManager Manager() => new(new Dictionary<string, string> { ["NOTIFY_SOCKET"] = Path }, false);

    private string Take()
    {
        var bytes = new byte[1000];
        _received.ReceiveTimeout = 10_000;
        return Encoding.UTF8.GetString(bytes, 0, _received.Receive(bytes));
    }
}
