using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>
/// A raw connection on which a test says exactly what it means. Text is Latin-1. Reading has a deadline, so that a
/// server that says nothing fails the test.
/// </summary>
internal sealed class Conversation : IDisposable
{
    private readonly Socket _socket;

    private readonly byte[] _buffer = new byte[65536];
    private int _start;
    private int _end;
    private bool _wasReset;
    private bool _isDisposed;

    /// <summary>A connection that is there.</summary>
    public Conversation(Socket socket)
    {
        _socket = socket;
        socket.ReceiveTimeout = (int)Until.Deadline.TotalMilliseconds;
        socket.SendTimeout = (int)Until.Deadline.TotalMilliseconds;
    }

    public Conversation(int port, int? receiveBuffer = null)
        : this(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })
    {
        if (receiveBuffer is { } size)
        {
            _socket.ReceiveBufferSize = size;
        }

        _socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>Whether the server has said something, or has closed.</summary>
    public bool HasAnswer => _start < _end || _socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Whether the server has left something of what was sent to it in the kernel's hands.</summary>
    public bool HasUnread => ReceiveQueue.HasUnread(RemotePort, LocalPort);

    private int LocalPort => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    private int RemotePort => ((IPEndPoint)_socket.RemoteEndPoint!).Port;

    public Conversation Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    public Conversation Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }

        return this;
    }

    /// <summary>Sends each byte when the server has read the one before it.</summary>
    public void SendByteByByte(byte[] bytes)
    {
        for (var index = 0; index < bytes.Length; index++)
        {
            if (!TrySend(bytes.AsSpan(index, 1)))
            {
                return;
            }

            WaitUntilRead();
        }
    }

    /// <summary>Sends in two parts, the second when the server has read the first.</summary>
    public void SendSplit(byte[] bytes, int offset)
    {
        if (TrySend(bytes.AsSpan(0, offset)))
        {
            WaitUntilRead();
            TrySend(bytes.AsSpan(offset));
        }
    }

    /// <summary>Sends piece by piece with a pause behind each, until all is sent or the server answers or closes.</summary>
    public void SendSlowly(string text, int size, TimeSpan pause)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        for (var at = 0; at < bytes.Length && !HasAnswer; at += size)
        {
            if (!TrySend(bytes.AsSpan(at, Math.Min(size, bytes.Length - at))))
            {
                return;
            }

            Thread.Sleep(pause);
        }
    }

    /// <summary>FIN: nothing more will be sent, an answer is still wanted.</summary>
    public Conversation FinishSending()
    {
        _socket.Shutdown(SocketShutdown.Send);
        return this;
    }

    /// <summary>Reads a final response; interim ones (1xx) are passed over.</summary>
    public Reply Receive(bool toHead = false)
    {
        Reply reply;
        do
        {
            reply = ReceiveAny(toHead);
        }
        while (reply.Status is >= 100 and < 200 && reply.Status != 101);
        return reply;
    }

    /// <summary>Reads a request, for who plays a server: its line is in the place of the status line.</summary>
    public Reply ReceiveRequest(bool toHead = false)
    {
        var head = ReadHead();
        return toHead || (head["Transfer-Encoding"] ?? head["Content-Length"]) is null ? head : ReadBody(head);
    }

    /// <summary>Reads one response, also an interim one.</summary>
    public Reply ReceiveAny(bool toHead = false)
    {
        var reply = ReadHead();
        if (toHead || reply.Status is (>= 100 and < 200) or 204 or 304)
        {
            return reply;
        }

        return ReadBody(reply);
    }

    private Reply ReadHead()
    {
        var statusLine = ReadLine() ?? throw new EndOfStreamException("The other side closed without an answer.");
        var headers = new List<(string Name, string Value)>();
        for (var line = ReadLine(); line != ""; line = ReadLine())
        {
            Assert.NotNull(line);
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            Assert.True(colon > 0, $"Not a header line: {line}");
            headers.Add((line[..colon], line[(colon + 1)..].Trim(' ')));
        }

        return new Reply(statusLine, headers, []);
    }

    private Reply ReadBody(Reply reply)
    {
        if (reply["Transfer-Encoding"] is { } encoding)
        {
            Assert.Equal("chunked", encoding);
            return ReadChunked(reply);
        }

        if (reply["Content-Length"] is { } length)
        {
            var body = ReadUpTo(long.Parse(length, provider: null));
            return reply with { Body = body, IsWhole = body.Length == long.Parse(length, provider: null) };
        }

        return reply with { Body = ReadUpTo(long.MaxValue) };
    }

    /// <summary>Reads exactly this much, or less when the connection ends.</summary>
    public string ReceiveText(int count) => Encoding.Latin1.GetString(ReadUpTo(count));

    /// <inheritdoc cref="ReceiveText"/>
    public byte[] ReceiveBytes(int count) => ReadUpTo(count);

    /// <summary>A line without its CRLF; null at the end of the connection.</summary>
    public string? ReadLine()
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !Fill())
            {
                return line.Length == 0 ? null : throw new EndOfStreamException($"The connection ended in '{line}'.");
            }

            var value = (char)_buffer[_start++];
            if (value == '\n')
            {
                Assert.True(line.Length > 0 && line[^1] == '\r', $"A line ended by LF alone: {line}");
                return line.ToString(0, line.Length - 1);
            }

            line.Append(value);
        }
    }

    /// <summary>Asserts that the server has closed (FIN or RST) and sent nothing more.</summary>
    public void AssertClosed()
    {
        var rest = ReadUpTo(4096);
        Assert.True(rest.Length == 0, $"More came: {Encoding.Latin1.GetString(rest)}");
    }

    /// <summary>Reads until the connection ends, and tells whether by a reset.</summary>
    public string ReadToEnd(out bool reset)
    {
        var rest = ReadUpTo(long.MaxValue);
        reset = _wasReset;
        return Encoding.Latin1.GetString(rest);
    }

    /// <summary>Ends with RST: leaves no TIME_WAIT behind on either side.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    private Reply ReadChunked(Reply head)
    {
        var body = new MemoryStream();
        var chunks = new List<int>();
        while (true)
        {
            string? line;
            try
            {
                line = ReadLine();
            }
            catch (EndOfStreamException)
            {
                line = null;
            }

            if (line is null)
            {
                return head with { Body = body.ToArray(), Chunks = chunks, IsWhole = false };
            }

            var size = Convert.ToInt32(line, 16);
            if (size == 0)
            {
                Assert.Equal("", ReadLine());
                return head with { Body = body.ToArray(), Chunks = chunks };
            }

            var chunk = ReadUpTo(size);
            body.Write(chunk);
            chunks.Add(size);
            if (chunk.Length < size || ReadLine() is null)
            {
                return head with { Body = body.ToArray(), Chunks = chunks, IsWhole = false };
            }
        }
    }

    private byte[] ReadUpTo(long count)
    {
        var result = new MemoryStream();
        while (result.Length < count && (_start < _end || Fill()))
        {
            var take = (int)Math.Min(_end - _start, count - result.Length);
            result.Write(_buffer, _start, take);
            _start += take;
        }

        return result.ToArray();
    }

    private bool Fill()
    {
        try
        {
            _start = 0;
            _end = _socket.Receive(_buffer);
            return _end > 0;
        }
        catch (SocketException closed) when (closed.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            _end = 0;
            _wasReset = true;
            return false;
        }
    }

    // False when the server has closed already, which it may do as soon as it has seen enough.
    private bool TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Send(bytes);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // Or until it has answered: then it may never read the rest.
    private void WaitUntilRead()
    {
        while (HasUnread && !_socket.Poll(0, SelectMode.SelectRead))
        {
            Thread.Yield();
        }
    }
}
