using System.Collections.Concurrent;
using System.Globalization;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>
/// Clients that ask for one thing over and over on their own keep-alive connections, and count every outcome: a status,
/// or "no answer" when the connection ended without one.
/// </summary>
internal sealed class Load : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _outcomes = new();
    private readonly Thread[] _clients;
    private readonly int _port;
    private readonly string _request;
    private volatile bool _ended;

    /// <param name="port">Where.</param>
    /// <param name="clients">How many.</param>
    /// <param name="target">What.</param>
    /// <param name="keepsAlive">False for a connection for each request: a server that ends closes idle connections, and a
    /// client that sends in that moment must send again, as HTTP says; there is no excuse with a new one.</param>
    public Load(int port, int clients, string target, bool keepsAlive = true)
    {
        _port = port;
        var connection = keepsAlive ? "" : "Connection: close\r\n";
        _request = $"GET {target} HTTP/1.1\r\nHost: test\r\n{connection}\r\n";
        _clients = [.. Enumerable.Range(0, clients).Select(_ => new Thread(Run))];
        foreach (var client in _clients)
        {
            client.Start();
        }
    }

    /// <summary>How many have been answered with 200.</summary>
    public long Good => Of("200");

    public long Of(string outcome) => _outcomes.GetValueOrDefault(outcome);

    /// <summary>All that was not a 200.</summary>
    public long Bad => _outcomes.Where(static outcome => outcome.Key != "200").Sum(static outcome => outcome.Value);

    /// <summary>Waits until this many more requests have been answered well.</summary>
    public void WaitForGood(long more)
    {
        var goal = Good + more;
        Until.True(() => Good >= goal, $"{more} more answers", ToString);
    }

    public void Dispose()
    {
        _ended = true;
        foreach (var client in _clients)
        {
            client.Join();
        }
    }

    public override string ToString() => string.Join(
        ", ",
        _outcomes.OrderBy(static outcome => outcome.Key, StringComparer.Ordinal)
            .Select(static outcome => string.Create(CultureInfo.InvariantCulture, $"{outcome.Value} × {outcome.Key}")));

    private void Run()
    {
        Conversation? conversation = null;
        while (!_ended)
        {
            string outcome;
            try
            {
                conversation ??= new Conversation(_port);
                var reply = conversation.Send(_request).Receive();
                outcome = reply.IsWhole ? reply.StatusLine.Substring(9, 3) : "cut off";
                if (!reply.IsWhole || reply["Connection"] == "close")
                {
                    conversation.Dispose();
                    conversation = null;
                }
            }
            catch (Exception gone) when (gone is IOException or System.Net.Sockets.SocketException)
            {
                outcome = "no answer";
                conversation?.Dispose();
                conversation = null;
            }

            _outcomes.AddOrUpdate(outcome, 1, static (_, count) => count + 1);
        }

        conversation?.Dispose();
    }
}
