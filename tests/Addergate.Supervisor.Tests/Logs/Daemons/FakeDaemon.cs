using System.Net.Sockets;
using System.Text;

namespace Addergate.Supervisor.Tests.Logs.Daemons;

/// <summary>The receiving end of a system's log: a datagram socket with a path.</summary>
internal sealed class FakeDaemon : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly string _path;

    public FakeDaemon(string path)
    {
        _path = path;
        Socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified)
        {
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
        };
        Socket.Bind(new UnixDomainSocketEndPoint(path));
    }

    public Socket Socket { get; }

    /// <summary>The next datagram.</summary>
    public string Receive() => Encoding.UTF8.GetString(ReceiveBytes());

    public byte[] ReceiveBytes() => _buffer[..Socket.Receive(_buffer)];

    public void Dispose()
    {
        Socket.Dispose();
        File.Delete(_path);
    }
}
