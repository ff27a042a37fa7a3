using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Addergate.Posix.Sockets;

namespace Addergate.Supervisor.Systemd;

/// <summary>
/// Tells a service manager how the server is: sd_notify(3) of systemd, which others speak too. Nothing happens without
/// <c>NOTIFY_SOCKET</c>. On the supervisor's loop.
/// </summary>
internal sealed class ServiceManager
{
    private const string NamePrefix = "FDNAME=";

    // Its own limit is 1024; a traceback does not belong here.
    private const int LongestStatus = 200;

    private readonly string? _path;
    private string _status = "";
    private bool _isReleased;

    /// <param name="environment">The one that the server was started with.</param>
    /// <param name="inheritsWatchdog">Whether this process took over from the one that <c>WATCHDOG_PID</c> names.</param>
    public ServiceManager(IReadOnlyDictionary<string, string> environment, bool inheritsWatchdog)
    {
        if (environment.TryGetValue("NOTIFY_SOCKET", out var path) && path is ['/' or '@', _, ..])
        {
            _path = path[0] == '@' ? $"\0{path[1..]}" : path;
        }

        // Set since version 254, and only where the service may have sockets kept. Without it one cannot know.
        KeepsSockets = _path is not null
            && environment.TryGetValue("FDSTORE", out var most)
            && most is not ("" or "0");
        var isMeant = inheritsWatchdog
            || !environment.TryGetValue("WATCHDOG_PID", out var process)
            || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        if (_path is not null
            && isMeant
            && environment.TryGetValue("WATCHDOG_USEC", out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            && microseconds > 0)
        {
            // As sd_watchdog_enabled(3) advises: half of it.
            WatchdogInterval = TimeSpan.FromMicroseconds(microseconds / 2.0);
        }
    }

    /// <summary>How often <see cref="KeepAlive"/> is to be called; null when nobody watches.</summary>
    public TimeSpan? WatchdogInterval { get; }

    /// <summary>Whether what <see cref="Keep"/> gives it is kept over a restart (<c>FileDescriptorStoreMax=</c>).</summary>
    public bool KeepsSockets { get; }

    /// <summary>It serves; after <see cref="Reloading"/>: the reload is over, however it went.</summary>
    public void Ready() => Send("READY=1");

    /// <summary>A reload or restart begins. The time lets the manager tell this one from one before (Type=notify-reload).
    /// </summary>
    public void Reloading() => Send(string.Create(
        CultureInfo.InvariantCulture,
        $"RELOADING=1\nMONOTONIC_USEC={(long)(Stopwatch.GetTimestamp() * (1e6 / Stopwatch.Frequency))}"));

    /// <summary>The server ends.</summary>
    /// <param name="atMost">How long that may take: the manager would kill what takes longer than it thinks right.</param>
    public void Stopping(TimeSpan atMost) => Send(string.Create(
        CultureInfo.InvariantCulture, $"STOPPING=1\nEXTEND_TIMEOUT_USEC={(long)atMost.TotalMicroseconds}"));

    /// <summary>What <c>systemctl status</c> shows. Sent when it has changed.</summary>
    public void Status(string text)
    {
        var line = text.Split('\n')[0];
        line = line.Length <= LongestStatus ? line : line[..LongestStatus];
        if (line != _status)
        {
            _status = line;
            Send("STATUS=" + line);
        }
    }

    /// <summary>The supervisor's loop is alive.</summary>
    public void KeepAlive() => Send("WATCHDOG=1");

    /// <summary>Another process is the server from now on. Nothing is sent from here any more, since the manager may take
    /// it for the other's word. systemd does not wait for its end by itself (it is not its child now, and is not looked at again
    /// when it has become it): hence ExecStop= in a unit.</summary>
    public void GiveTo(int processId)
    {
        Send(string.Create(CultureInfo.InvariantCulture, $"MAINPID={processId}"));
        _isReleased = true;
    }

    /// <summary>Has the manager keep a socket open beyond this process, and pass it to the next one.</summary>
    /// <param name="name">What it will be called then.</param>
    /// <param name="socket">It.</param>
    public void Keep(string name, Socket socket) => Send($"FDSTORE=1\n{NamePrefix}{name}", (int)socket.Handle);

    /// <summary>The manager need not keep sockets of this name.</summary>
    public void Drop(string name) => Send($"FDSTOREREMOVE=1\n{NamePrefix}{name}");

    private unsafe void Send(string state, int attached = -1)
    {
        if (_path is null || _isReleased)
        {
            return;
        }

        try
        {
            // Opened each time: the manager may have made its socket anew. Blocking would let it hold up the server.
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(_path));
            socket.Blocking = false;
            var bytes = Encoding.UTF8.GetBytes(state);
            if (attached < 0)
            {
                socket.Send(bytes);
                return;
            }

            fixed (byte* first = bytes)
            {
                StreamSend.SendWithDescriptor((int)socket.Handle, first, bytes.Length, attached);
            }
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            // The manager is not listening; it judges by the process itself then.
        }
    }
}
