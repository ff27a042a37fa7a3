using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Addergate.Wire.Administration;

namespace Addergate.Supervisor.Administration;

/// <summary>One client of the control socket: a request, and replies until <see cref="Finish(AdminReply)"/>. Replies are queued, so
/// that a client that does not read never holds up the supervisor.</summary>
internal sealed class AdminSession(Socket socket)
{
    private readonly Channel<AdminReply> _replies =
        Channel.CreateUnbounded<AdminReply>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Says that it goes on. Any thread; nothing happens when the client is gone.</summary>
    public void Tell(string text) => _replies.Writer.TryWrite(new AdminReply(AdminOutcome.Progress, text));

    /// <summary>Says the last word, and closes.</summary>
    public void Finish(AdminReply reply)
    {
        _replies.Writer.TryWrite(reply);
        _replies.Writer.TryComplete();
    }

    /// <inheritdoc cref="Finish(AdminReply)"/>
    public void Finish(string? failure, string success) => Finish(failure is null
        ? new AdminReply(AdminOutcome.Done, success)
        : new AdminReply(AdminOutcome.Failed, failure));

    /// <summary>Reads the request, gives it out, and sends the replies.</summary>
    public async Task RunAsync(Action<AdminRequest, AdminSession> received)
    {
        try
        {
            if (await ReadAsync().ConfigureAwait(false) is { } request)
            {
                received(request, this);
            }
            else
            {
                Finish(new AdminReply(AdminOutcome.Failed, "the server does not understand this command"));
            }

            await foreach (var reply in _replies.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                ReadOnlyMemory<byte> rest = Encoding.UTF8.GetBytes(reply.ToLine() + "\n");
                while (!rest.IsEmpty)
                {
                    rest = rest[await socket.SendAsync(rest).ConfigureAwait(false)..];
                }
            }
        }
        catch (SocketException)
        {
            // The client is gone; what it asked for is done all the same.
        }
        finally
        {
            _replies.Writer.TryComplete();
            socket.Dispose();
        }
    }

    private async Task<AdminRequest?> ReadAsync()
    {
        var buffer = new byte[AdminEndpoint.MaxRequest];
        var length = 0;
        while (length < buffer.Length
            && await socket.ReceiveAsync(buffer.AsMemory(length)).ConfigureAwait(false) is var count and > 0)
        {
            var end = buffer.AsSpan(length, count).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return AdminRequest.FromLine(buffer.AsSpan(0, length + end));
            }

            length += count;
        }

        return null;
    }
}
