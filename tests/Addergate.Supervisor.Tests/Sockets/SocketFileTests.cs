using System.Net.Sockets;
using Addergate.Posix.Sockets;

namespace Addergate.Supervisor.Tests.Sockets;

public sealed class SocketFileTests : IDisposable
{
    private const UnixFileMode Secret = UnixFileMode.UserRead;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("addergate-socket-");

    [Fact]
    public void A_socket_gets_its_mode()
    {
        var path = Path.Combine(_directory.FullName, "web");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        Assert.Null(SocketFile.Give(path, owner: null, 0b110_110_000));
        Assert.Equal((UnixFileMode)0b110_110_000, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_put_in_its_place_is_not_touched(bool isLink)
    {
        var victim = Path.Combine(_directory.FullName, "victim");
        File.WriteAllText(victim, "");
        File.SetUnixFileMode(victim, Secret);
        var path = isLink ? Path.Combine(_directory.FullName, "web") : victim;
        if (isLink)
        {
            File.CreateSymbolicLink(path, victim);
        }

        Assert.Equal("something else is there now", SocketFile.Give(path, owner: null, 0b110_110_110));
        Assert.Equal(Secret, File.GetUnixFileMode(victim));
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
