using System.Net;
using System.Net.Sockets;
using Addergate.Settings.Model;
using Addergate.Supervisor.Endpoints;
using Addergate.Supervisor.Tests.Fakes;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Tests.Endpoints;

public sealed class PortsTests
{
    [Fact]
    public void Free_ports_are_chosen_and_told()
    {
        using var ports = Ports.Open(Samples.Listen with { HttpsPort = 0 }, new IdentitySettings(), [], out _);
        Assert.NotEqual(0, ports!.Plain);
        Assert.NotEqual(ports.Plain, ports.Secure);
        Assert.Equal([false, true], ports.Sockets.Select(port => port.IsSecure));
    }

    [Fact]
    public void A_port_in_use_is_refused_also_when_its_owner_is_one_of_us()
    {
        using var first = Ports.Open(Samples.Listen, new IdentitySettings(), [], out _);
        Assert.Null(Ports.Open(Samples.Listen with { Port = first!.Plain }, new IdentitySettings(), [], out var reason));
        Assert.Equal(
            $"cannot listen on 127.0.0.1:{first.Plain}: the port is in use. "
                + "Stop what uses it, or choose another with --port.",
            reason);
    }

    [Fact]
    public void A_tls_port_in_use_names_its_own_option_and_frees_the_plain_port()
    {
        using var first = Ports.Open(Samples.Listen, new IdentitySettings(), [], out _);
        Assert.Null(Ports.Open(Samples.Listen with { HttpsPort = first!.Plain }, new IdentitySettings(), [], out var reason));
        Assert.EndsWith("--https-port.", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_can_be_bound_again_while_old_connections_linger()
    {
        int port;
        using (var ports = Ports.Open(Samples.Listen, new IdentitySettings(), [], out _))
        {
            port = ports!.Plain;
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            using var accepted = ports.Sockets[0].Socket.Accept();
            accepted.Shutdown(SocketShutdown.Both);
        }

        using var again = Ports.Open(Samples.Listen with { Port = port }, new IdentitySettings(), [], out var reason);
        Assert.True(again is not null, reason);
    }

    [Fact]
    public void An_address_of_another_machine_is_refused()
    {
        Assert.Null(Ports.Open(Samples.Listen with { Host = "192.0.2.1" }, new IdentitySettings(), [], out var reason));
        Assert.Equal(
            "cannot listen on 192.0.2.1:0: this machine has no such address. Choose another with --host.", reason);
    }

    [Fact]
    public void All_interfaces_of_both_families_share_one_socket()
    {
        if (!Socket.OSSupportsIPv6)
        {
            Assert.Skip("this machine has no IPv6");
        }

        using var ports = Ports.Open(Samples.Listen with { Host = "::" }, new IdentitySettings(), [], out var reason);
        Assert.True(ports is not null, reason);
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, ports.Plain);
        Assert.True(client.Connected);
    }

    [Fact]
    public void A_socket_of_an_earlier_server_is_used_when_it_has_the_right_address()
    {
        var socket = Listening();
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        using var ports = Ports.Open(
            Samples.Listen with { Port = port }, new IdentitySettings(), [new PassedSocket(socket, "addergate-http")], out var reason);
        Assert.True(ports is not null, reason);
        Assert.Same(socket, Assert.Single(ports.Sockets).Socket);
        Assert.Empty(ports.Outdated);
    }

    [Fact]
    public void One_that_the_settings_no_longer_ask_for_is_closed_and_named()
    {
        using var other = Ports.Open(Samples.Listen, new IdentitySettings(), [], out _)!;
        var free = other.Plain;
        other.Dispose();
        var socket = Listening();
        using var ports = Ports.Open(
            Samples.Listen with { Port = free }, new IdentitySettings(), [new PassedSocket(socket, "addergate-http")], out var reason);
        Assert.True(ports is not null, reason);
        Assert.Equal(free, ports.Plain);
        Assert.Equal(["addergate-http"], ports.Outdated);
        Assert.True(socket.SafeHandle.IsClosed);
    }

    [Fact]
    public void Sockets_that_somebody_gives_stand_for_the_ports_whatever_the_settings_say()
    {
        var (plain, second, secure) = (Listening(), Listening(), Listening());
        using var ports = Ports.Open(
            Samples.Listen with { Port = 1, HttpsPort = 2 },
            new IdentitySettings(),
            [new PassedSocket(plain, "site.socket"), new PassedSocket(second, ""), new PassedSocket(secure, "https")],
            out var reason);
        Assert.True(ports is not null, reason);
        Assert.Equal([(plain, false), (second, false), (secure, true)], ports.Sockets.Select(p => (p.Socket, p.IsSecure)));
        Assert.Equal(["http", "http", "https"], ports.Sockets.Select(static port => port.Name));
    }

    [Fact]
    public void Addresses_are_told_as_people_type_them()
    {
        using var ports = Ports.Open(
            Samples.Listen with { HttpsPort = 0 }, new IdentitySettings(), [new PassedSocket(Listening(IPAddress.Any), "site.socket")], out _);
        Assert.Equal(
            [
                new ServedUrl($"http://localhost:{ports!.Plain}/", false, true),
                new ServedUrl($"https://127.0.0.1:{ports.Secure}/", true, false),
            ],
            PortUrls.Of(ports));
    }

    [Fact]
    public void A_tls_socket_without_a_certificate_is_refused()
    {
        Assert.Null(Ports.Open(Samples.Listen, new IdentitySettings(), [new PassedSocket(Listening(), "https")], out var reason));
        Assert.EndsWith("is for TLS, which needs --https-port and a certificate.", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_for_the_page_with_figures_is_refused_since_it_might_be_anybodys()
    {
        Assert.Null(Ports.Open(Samples.Listen, new IdentitySettings(), [new PassedSocket(Listening(), "telemetry")], out var reason));
        Assert.EndsWith("for this machine alone, at --telemetry-ui-port.", reason, StringComparison.Ordinal);
    }

    private static Socket Listening() => Listening(IPAddress.Loopback);

    private static Socket Listening(IPAddress address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        socket.Listen();
        return socket;
    }

    [Fact]
    public void A_unix_socket_takes_the_place_of_the_ports()
    {
        var directory = Directory.CreateTempSubdirectory("addergate-ports-");
        var path = Path.Combine(directory.FullName, "http.sock");
        var listen = Samples.Listen with { Host = "unix:" + path, SocketMode = 0b110_000_010 };
        using (var ports = Ports.Open(listen, new IdentitySettings(), [], out _))
        {
            Assert.Equal(0, ports!.Plain);
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite, File.GetUnixFileMode(path));
            Assert.Equal("unix:" + path, Assert.Single(PortUrls.Of(ports)).Url);
            Assert.Null(Ports.Open(listen, new IdentitySettings(), [], out var reason));
            Assert.Equal(
                $"cannot listen on {path}: somebody does already. Stop what does, or choose another with --host.", reason);
        }

        // What is left of a server that is gone is replaced; what never was a socket is not.
        using (var again = Ports.Open(listen, new IdentitySettings(), [], out _))
        {
            Assert.NotNull(again);
        }

        File.Delete(path);
        File.WriteAllText(path, "precious");
        Assert.Null(Ports.Open(listen, new IdentitySettings(), [], out var refusal));
        Assert.Contains("there is something that is no socket", refusal, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(path));
        directory.Delete(recursive: true);
    }

    [Fact]
    public void A_site_on_a_unix_socket_has_a_page_with_figures_too()
    {
        var directory = Directory.CreateTempSubdirectory("addergate-ports-");
        var listen = Samples.Listen with { Host = "unix:" + Path.Combine(directory.FullName, "http.sock") };
        using (var ports = Ports.Open(listen, new IdentitySettings(), [], out var reason, page: 0))
        {
            Assert.True(ports is not null, reason);
            Assert.Equal([ListenerUse.Plain, ListenerUse.Telemetry], ports.Sockets.Select(static port => port.Use));
        }

        directory.Delete(recursive: true);
    }

    [Fact]
    public void A_unix_socket_that_was_passed_is_used()
    {
        var directory = Directory.CreateTempSubdirectory("addergate-ports-");
        var path = Path.Combine(directory.FullName, "http.sock");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        foreach (var (listen, name) in ((ListenSettings, string)[])
            [(Samples.Listen with { Host = "unix:" + path }, PortNames.Of(ListenerUse.Plain)), (Samples.Listen, "")])
        {
            using var ports = Ports.Open(listen, new IdentitySettings(), [new PassedSocket(socket, name)], out var reason);
            Assert.True(ports is not null, reason);
            Assert.Same(socket, Assert.Single(ports.Sockets).Socket);
            socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            File.Delete(path);
            socket.Bind(new UnixDomainSocketEndPoint(path));
            socket.Listen();
        }

        socket.Dispose();
        directory.Delete(recursive: true);
    }
}
