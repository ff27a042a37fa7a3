using System.Net.Sockets;
using Addergate.Posix.Files;
using Addergate.Settings.Model;
using Addergate.Supervisor.Endpoints;

namespace Addergate.Supervisor.Tests.Endpoints;

public sealed class RuntimeDirectoryTests : IDisposable
{
    private readonly string _own = Directory.CreateTempSubdirectory("addergate-run-").FullName;

    [Fact]
    public void It_is_made_where_the_session_has_its_own_and_removed_at_the_end()
    {
        using (var directory = Create(_own))
        {
            Assert.StartsWith(_own, directory!.SocketPath, StringComparison.Ordinal);
            Assert.Equal(0b111_000_000u, Ownership.Get(Path.GetDirectoryName(directory.SocketPath)!)!.Value.Mode);
            using var socket = SlotEndpoint.Open(directory.SocketPath, new IdentitySettings(), false, 10, out _);
            Assert.NotNull(socket);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_own));
    }

    [Fact]
    public void A_place_too_long_for_a_socket_path_is_passed_over()
    {
        using var directory = Create(_own + "/" + new string('x', 100));
        Assert.False(directory!.SocketPath.StartsWith(_own, StringComparison.Ordinal));
        Assert.InRange(directory.SocketPath.Length, 1, 107);
    }

    [Fact]
    public void What_a_killed_server_left_behind_is_cleared_away_and_what_a_living_one_uses_is_not()
    {
        var dead = Create(_own)!;
        using (var gone = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // Bound under one name and moved, since .NET removes the name that it bound.
            gone.Bind(new UnixDomainSocketEndPoint(dead.SocketPath + "x"));
            File.Move(dead.SocketPath + "x", dead.SocketPath);
        }

        var young = Create(_own)!;
        using var living = SlotEndpoint.Open(young.SocketPath, new IdentitySettings(), false, 10, out _);
        var abandoned = Path.Combine(_own, "addergate-99999999-aaaaaa");
        var kept = Path.Combine(_own, "addergate-99999999-bbbbbb");
        Directory.Move(Path.GetDirectoryName(dead.SocketPath)!, abandoned);
        Directory.Move(Path.GetDirectoryName(young.SocketPath)!, kept);
        Directory.SetLastWriteTimeUtc(abandoned, DateTime.UnixEpoch);
        Directory.SetLastWriteTimeUtc(kept, DateTime.UnixEpoch);
        using var next = Create(_own);
        Assert.False(Directory.Exists(abandoned));
        Assert.True(Directory.Exists(kept));
    }

    public void Dispose() => Directory.Delete(_own, recursive: true);

    private static RuntimeDirectory? Create(string place) => RuntimeDirectory.Create(
        new IdentitySettings(), false, new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = place }, out _);
}
