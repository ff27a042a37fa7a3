using System.Diagnostics;
using System.Net.Sockets;
using Addergate.Posix.Identity;
using Addergate.Posix.Sockets;
using Addergate.Settings.Model;
using Addergate.Supervisor.Endpoints;

namespace Addergate.Supervisor.Tests.Endpoints;

/// <summary>The name in no directory that workers connect to when they are held in one.</summary>
public sealed class SlotEndpointTests
{
    private const int NotPermitted = 1; // EPERM

    [Fact]
    public void No_two_servers_have_the_same_name()
    {
        Assert.StartsWith("@", SlotEndpoint.AbstractName(), StringComparison.Ordinal);
        Assert.NotEqual(SlotEndpoint.AbstractName(), SlotEndpoint.AbstractName());
        Assert.InRange(SlotEndpoint.AbstractName().Length, 1, UnixStream.MaxPath);
    }

    [Fact]
    public void Slots_connect_to_a_name_on_which_root_listens()
    {
        SkipUnlessRoot();
        var name = SlotEndpoint.AbstractName();
        using var listener = SlotEndpoint.Open(name, new IdentitySettings { UserId = 54321 }, isShared: true, 4, out var reason);
        Assert.True(listener is not null, reason);
        using var slot = new SafeSocketHandle(UnixStream.Connect(name, out _), ownsHandle: true);
        Assert.False(slot.IsInvalid);
        using var accepted = listener.Accept();
        Assert.Equal(Environment.ProcessId, PeerCredentials.Of(accepted).ProcessId);
        Assert.Null(SlotEndpoint.Open(name, new IdentitySettings(), isShared: false, 4, out reason));
        Assert.StartsWith($"cannot listen on {name}: ", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void They_do_not_talk_to_anybody_else_who_took_the_name()
    {
        SkipUnlessRoot();
        var name = SlotEndpoint.AbstractName();
        if (!File.Exists("/usr/bin/setpriv") || !File.Exists("/usr/bin/python3"))
        {
            Assert.Skip("setpriv or python3 is not installed.");
        }

        using var stranger = Process.Start(new ProcessStartInfo("/usr/bin/setpriv")
        {
            ArgumentList =
            {
                "--reuid=54321", "--regid=54321", "--clear-groups", "/usr/bin/python3", "-c",
                "import socket, sys; s = socket.socket(socket.AF_UNIX); s.bind('\\0' + sys.argv[1][1:]); s.listen();"
                    + " print('listening', flush=True); sys.stdin.read()",
                name,
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("listening", stranger.StandardOutput.ReadLine());
        Assert.Equal(-1, UnixStream.Connect(name, out var error));
        Assert.Equal(NotPermitted, error);
        stranger.StandardInput.Close();
        stranger.WaitForExit();
    }

    private static void SkipUnlessRoot()
    {
        if (CurrentIdentity.EffectiveUser != 0)
        {
            Assert.Skip("Only root listens on such a name.");
        }
    }
}
