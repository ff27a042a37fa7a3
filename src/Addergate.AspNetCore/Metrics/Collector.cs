using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Metrics;

/// <summary>
/// Sends datagrams to whoever listens on a Unix socket. Never waits: what cannot be taken now is lost, as a collector may be
/// slow, or not there. That it is away, and that it is back, is told once each. One datagram after another.
/// </summary>
internal sealed partial class Collector(string path, ILogger<Collector> logger) : IDisposable
{
    private readonly UnixDomainSocketEndPoint _target = new(path);
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    private bool _isAway;

    public void Send(ReadOnlySpan<byte> datagram)
    {
        try
        {
            _socket.SendTo(datagram, SocketFlags.None, _target);
        }
        catch (SocketException full) when (full.SocketErrorCode is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
        {
            // It is there and reads slowly; the datagrams' numbers tell it what it missed.
            return;
        }
        catch (SocketException failure)
        {
            if (!_isAway)
            {
                _isAway = true;
                Away(logger, path, failure.Message);
            }

            return;
        }

        if (_isAway)
        {
            _isAway = false;
            Back(logger, path);
        }
    }

    public void Dispose() => _socket.Dispose();

    [LoggerMessage(1300, LogLevel.Warning,
        "Nobody takes telemetry at {Path}: {Reason}. It is tried again with each sample; what is sent meanwhile is lost.")]
    private static partial void Away(ILogger logger, string path, string reason);

    [LoggerMessage(1301, LogLevel.Warning, "Telemetry is taken at {Path} again.")]
    private static partial void Back(ILogger logger, string path);
}
