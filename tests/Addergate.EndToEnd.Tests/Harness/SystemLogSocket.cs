using System.Net.Sockets;
using System.Text;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>Stands for a syslog daemon or the journal: a datagram socket, and what has come to it.</summary>
internal sealed class SystemLogSocket : IDisposable
{
    private readonly string _path;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly List<string> _received = [];
    private readonly Thread _thread;

    public SystemLogSocket(string path)
    {
        _path = path;
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        _thread = new Thread(Receive) { IsBackground = true };
        _thread.Start();
    }

    public IReadOnlyList<string> Received
    {
        get
        {
            lock (_received)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>The first datagram with some text in it; waits for it.</summary>
    public string WaitFor(string text) => Until.Some(
        () => Received.FirstOrDefault(one => one.Contains(text, StringComparison.Ordinal)),
        $"a record with '{text}'",
        () => string.Join('\n', Received));

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
        File.Delete(_path);
    }

    private void Receive()
    {
        var buffer = new byte[256 * 1024];
        while (true)
        {
            try
            {
                // Not for ever: closing the socket does not wake who waits for a datagram.
                if (!_socket.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead))
                {
                    continue;
                }

                var count = _socket.Receive(buffer);
                lock (_received)
                {
                    _received.Add(Encoding.UTF8.GetString(buffer, 0, count));
                }
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
