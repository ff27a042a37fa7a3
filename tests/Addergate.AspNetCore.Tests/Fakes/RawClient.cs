using System.Net.Sockets;
using System.Text;

namespace Addergate.AspNetCore.Tests.Fakes;

/// <summary>A client that says exactly what a test wants.</summary>
internal sealed class RawClient(TcpClient client) : IDisposable
{
    private readonly NetworkStream _stream = client.GetStream();

    public Task SendAsync(byte[] bytes) => _stream.WriteAsync(bytes, Deadline.Token()).AsTask();

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Reads until the text has come.</summary>
    public async Task<string> ReceiveUntilAsync(string end)
    {
        var received = new StringBuilder();
        var buffer = new byte[64 * 1024];
        while (!received.ToString().Contains(end, StringComparison.Ordinal))
        {
            var count = await _stream.ReadAsync(buffer, Deadline.Token());
            Assert.True(count > 0, $"the connection ended after: {received}");
            received.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return received.ToString();
    }

    public async Task ReceiveAtLeastAsync(long bytes)
    {
        var buffer = new byte[64 * 1024];
        while (bytes > 0)
        {
            var count = await _stream.ReadAsync(buffer, Deadline.Token());
            Assert.True(count > 0, "the connection ended");
            bytes -= count;
        }
    }

    /// <summary>Counts what comes until the server ends the stream; throws when it is reset.</summary>
    public async Task<long> CountToEndAsync()
    {
        var buffer = new byte[64 * 1024];
        var total = 0L;
        while (true)
        {
            var count = await _stream.ReadAsync(buffer, Deadline.Token());
            if (count == 0)
            {
                return total;
            }

            total += count;
        }
    }

    /// <summary>FIN: nothing more will be sent.</summary>
    public void FinishSending() => client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Goes away without a word: the server sees a reset.</summary>
    public void Reset()
    {
        client.Client.LingerState = new LingerOption(true, 0);
        client.Dispose();
    }

    public void Dispose() => client.Dispose();
}
