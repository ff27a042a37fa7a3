using System.Net.Sockets;
using System.Text;
using Addergate.Posix.Sockets;
using Addergate.Supervisor.Administration;
using Addergate.Wire.Administration;

namespace Addergate.Supervisor.Tests.Administration;

public sealed class AdminListenerTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("addergate-admin-").FullName;

    private string Path => System.IO.Path.Combine(_root, AdminEndpoint.FileName);

    [Fact]
    public void Only_the_owner_may_connect_whatever_the_umask_is_and_nothing_is_left()
    {
        using (var listener = AdminListener.Open(_root, out _))
        {
            Assert.NotNull(listener);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }

        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void What_a_killed_server_left_behind_is_replaced_and_a_living_server_is_named()
    {
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // Bound by another name and renamed, since closing a socket removes the name that it knows.
            left.Bind(new UnixDomainSocketEndPoint(Path + ".x"));
            File.Move(Path + ".x", Path);
        }

        Assert.True(File.Exists(Path));
        using var first = AdminListener.Open(_root, out _);
        Assert.NotNull(first);
        Assert.Null(AdminListener.Open(_root, out var reason));
        Assert.Equal(
            $"the server with pid {Environment.ProcessId} uses the server root {_root}. Name another directory with "
                + "--server-root.",
            reason);
    }

    [Fact]
    public async Task A_path_longer_than_an_address_is_no_obstacle()
    {
        var root = System.IO.Path.Combine(_root, new string('d', 120));
        Directory.CreateDirectory(root);
        using (var listener = AdminListener.Open(root, out var reason))
        {
            Assert.True(listener is not null, reason);
            _ = listener.RunAsync(static (_, session) => session.Finish(null, "heard"));
            using var name = SocketName.In(root, AdminEndpoint.FileName)!;
            Assert.Equal("""{"outcome":"done","text":"heard"}""" + "\n", await AskAsync(name, """{"command":"status"}""" + "\n"));
        }

        Assert.False(File.Exists(System.IO.Path.Combine(root, AdminEndpoint.FileName)));
    }

    [Theory]
    [InlineData("""{"command":"stop","now":true}""" + "\n", "Stop 0 True")]
    [InlineData("""{"command":"evict","pid":4711}""" + "\nand more", "Evict 4711 False")]
    public async Task A_line_is_a_request(string sent, string expected)
    {
        using var listener = AdminListener.Open(_root, out _)!;
        _ = listener.RunAsync(static (request, session) =>
        {
            session.Tell("on its way");
            session.Finish(null, $"{request.Command} {request.ProcessId} {request.Now}");
        });
        using var name = SocketName.In(_root, AdminEndpoint.FileName)!;
        Assert.Equal(
            """{"outcome":"progress","text":"on its way"}""" + "\n"
                + $$"""{"outcome":"done","text":"{{expected}}"}""" + "\n",
            await AskAsync(name, sent));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("{}\n")]
    [InlineData("""{"command":"format-disk"}""" + "\n")]
    [InlineData("""{"command":17}""" + "\n")]
    [InlineData("null\n")]
    [InlineData("")]
    [InlineData("{")]
    public async Task What_is_no_request_is_said_to_be_none(string sent)
    {
        using var listener = AdminListener.Open(_root, out _)!;
        _ = listener.RunAsync(static (_, session) => session.Finish(null, "carried out"));
        using var name = SocketName.In(_root, AdminEndpoint.FileName)!;
        Assert.Contains("does not understand", await AskAsync(name, sent), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static async Task<string> AskAsync(SocketName name, string text)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(name.EndPoint);
        using var reader = new StreamReader(new NetworkStream(socket));
        await socket.SendAsync(Encoding.UTF8.GetBytes(text));
        socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
