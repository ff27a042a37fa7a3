using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>
/// Clients that come at a fixed rate whatever the server does, as those of the world do. Each has a connection of its
/// own, waits as long as its patience lasts, and then closes it without a word.
/// </summary>
internal sealed class OpenLoad
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<Outcome> _outcomes = [];
    private readonly CancellationTokenSource _end = new();
    private readonly byte[] _request;
    private readonly int _port;
    private readonly TimeSpan _patience;

    private OpenLoad(int port, string target, TimeSpan patience)
    {
        _port = port;
        _patience = patience;
        _request = Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    }

    /// <summary>What became of each client, in the order of their ends.</summary>
    public IReadOnlyList<Outcome> Outcomes => _outcomes;

    /// <summary>Sends requests for some time; then all who still wait give up.</summary>
    /// <param name="port">Of the server.</param>
    /// <param name="target">What they ask for.</param>
    /// <param name="rate">Clients a second.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="patience">How long each waits.</param>
    /// <param name="waitsForAll">Or rather wait on, as long as they have patience.</param>
    public static OpenLoad Run(
        int port, string target, double rate, TimeSpan duration, TimeSpan patience, bool waitsForAll = false)
    {
        var load = new OpenLoad(port, target, patience);
        load.RunAsync(rate, duration, waitsForAll).GetAwaiter().GetResult();
        return load;
    }

    public IReadOnlyList<Outcome> Of(int status) => [.. _outcomes.Where(outcome => outcome.Status == status)];

    /// <summary>How many were answered with a status in a second, of those answered after the first part.</summary>
    public double Rate(int status, TimeSpan from, TimeSpan to) =>
        _outcomes.Count(outcome => outcome.Status == status && outcome.EndedAt >= from && outcome.EndedAt < to)
        / (to - from).TotalSeconds;

    /// <summary>How long those with a status took, at a quantile; zero when there are none.</summary>
    public TimeSpan Quantile(int status, double quantile)
    {
        var times = Of(status).Select(static outcome => outcome.Took).Order().ToList();
        return times.Count == 0 ? default : times[Math.Min(times.Count - 1, (int)(quantile * times.Count))];
    }

    public override string ToString() => string.Join(", ", _outcomes
        .GroupBy(static outcome => outcome.Status)
        .OrderBy(static group => group.Key)
        .Select(group => string.Create(
            CultureInfo.InvariantCulture,
            $"{group.Count()} × {(group.Key == 0 ? "gave up" : group.Key)} "
            + $"(p50 {Quantile(group.Key, 0.5).TotalMilliseconds:F0}, p99 {Quantile(group.Key, 0.99).TotalMilliseconds:F0} ms)")));

    private async Task RunAsync(double rate, TimeSpan duration, bool waitsForAll)
    {
        var clients = new List<Task<Outcome>>();
        while (_clock.Elapsed < duration)
        {
            for (var due = (int)(_clock.Elapsed.TotalSeconds * rate); clients.Count < due;)
            {
                clients.Add(AskAsync());
            }

            await Task.Delay(2);
        }

        if (!waitsForAll)
        {
            await _end.CancelAsync();
        }

        _outcomes.AddRange((await Task.WhenAll(clients)).OrderBy(static outcome => outcome.EndedAt));
    }

    private async Task<Outcome> AskAsync()
    {
        var began = _clock.Elapsed;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        patience.CancelAfter(_patience);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var answer = new byte[4096];
        var length = 0;
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, _port, patience.Token);
            await socket.SendAsync(_request, patience.Token);
            int count;
            while ((count = await socket.ReceiveAsync(answer.AsMemory(length), patience.Token)) > 0)
            {
                length += count;
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException)
        {
            length = 0;
        }

        var head = Encoding.ASCII.GetString(answer, 0, length);
        var status = length > 12 ? int.Parse(head.AsSpan(9, 3), provider: CultureInfo.InvariantCulture) : 0;
        return new Outcome(status, _clock.Elapsed, _clock.Elapsed - began, head);
    }

    /// <summary>What became of one client.</summary>
    /// <param name="Status">The answer's, or 0 when it gave up or was cut off.</param>
    /// <param name="EndedAt">Since the load began.</param>
    /// <param name="Took">Since the client came.</param>
    /// <param name="Answer">All of it.</param>
    internal sealed record Outcome(int Status, TimeSpan EndedAt, TimeSpan Took, string Answer);
}
