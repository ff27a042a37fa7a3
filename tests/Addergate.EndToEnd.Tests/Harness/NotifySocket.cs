using System.Net.Sockets;
using System.Text;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>What a service manager listens to: every message that came, in order.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly List<string> _messages = [];

    public NotifySocket()
    {
        Path = System.IO.Path.Combine(_directory.Path, "notify");
        _socket.Bind(new UnixDomainSocketEndPoint(Path));
        _ = ReceiveAsync();
    }

    public string Path { get; }

    public string[] Messages
    {
        get
        {
            lock (_messages)
            {
                return [.. _messages];
            }
        }
    }

    public void WaitFor(string part, int count = 1) => Until.True(
        () => Messages.Count(message => message.Contains(part, StringComparison.Ordinal)) >= count,
        $"{count} × {part}",
        () => string.Join('\n', Messages));

    public void Dispose()
    {
        _socket.Dispose();
        _directory.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[8192];
        try
        {
            while (true)
            {
                var count = await _socket.ReceiveAsync(buffer);
                lock (_messages)
                {
                    _messages.Add(Encoding.UTF8.GetString(buffer, 0, count));
                }
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
