using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Addergate.Posix.Files;
using Addergate.Supervisor.Endpoints;

namespace Addergate.Supervisor.Handover;

/// <summary>
/// The server that started this one to be replaced by it, seen from the new one. Lines go both ways:
/// <code>
///  new → old   ready             clients are answered here
///  new → old   failed "reason"   as JSON; then it ends
///  old → new   yours             control socket, pid file and service manager are the new one's
/// </code>
/// </summary>
public sealed class Predecessor : IDisposable
{
    internal const string Ready = "ready";
    internal const string Failed = "failed ";
    internal const string Yours = "yours";

    private readonly Socket _socket;

    private Predecessor(Socket socket) => _socket = socket;

    /// <summary>Null when nobody is to be replaced. Once.</summary>
    internal static Predecessor? Of(IReadOnlyDictionary<string, string> environment) =>
        TryGet(environment, out var descriptor)
            ? new Predecessor(new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)))
            : null;

    /// <summary>To be called before any program is started, which would inherit what was passed to this one.</summary>
    public static void KeepToSelf(IReadOnlyDictionary<string, string> environment)
    {
        PassedSockets.KeepToSelf(environment);
        if (TryGet(environment, out var descriptor))
        {
            Descriptor.SetCloseOnExec(descriptor, true);
        }
    }

    /// <summary>Tells the server that is to be replaced, if there is one, that it is not.</summary>
    public static void Refuse(IReadOnlyDictionary<string, string> environment, string reason)
    {
        using var predecessor = Of(environment);
        predecessor?.Fail(reason);
    }

    internal void Fail(string reason) => Send(Failed + Encoded(reason));

    /// <summary>Says that clients are answered here, and waits until the other has let go, or is gone.</summary>
    internal async Task TakeOverAsync()
    {
        Send(Ready);
        try
        {
            // Nothing else ever comes.
            await _socket.ReceiveAsync(new byte[16]).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Killed: then all is this one's anyway.
        }
    }

    internal static string Encoded(string reason) =>
        "\"" + JsonEncodedText.Encode(reason).ToString() + "\"";

    public void Dispose() => _socket.Dispose();

    private static bool TryGet(IReadOnlyDictionary<string, string> environment, out int descriptor)
    {
        descriptor = -1;
        return environment.TryGetValue(HandoverVariables.Predecessor, out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out descriptor);
    }

    private void Send(string line)
    {
        try
        {
            _socket.Send(Encoding.UTF8.GetBytes(line + "\n"));
        }
        catch (SocketException)
        {
            // It is gone; this one goes on by itself.
        }
    }
}
