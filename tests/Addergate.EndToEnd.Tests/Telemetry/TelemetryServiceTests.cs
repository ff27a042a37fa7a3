using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Telemetry;

/// <summary><c>--telemetry-service</c>: what a collector on a datagram socket gets.</summary>
public sealed class TelemetryServiceTests
{
    private const byte Requests = 2;
    private const byte Slow = 4;
    private const byte Started = 5;
    private const byte Stopped = 7;

    [Fact]
    public void Workers_their_requests_and_their_end_are_told()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("app.py", """
            import time
            def application(environ, start_response):
                if environ["PATH_INFO"] == "/slow":
                    time.sleep(0.3)
                start_response("404 Not Found", [("Content-Type", "text/plain")])
                return [b"done"]
            """);
        using var collector = Bind(directory.Path);
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments =
            [
                "app.py", "--telemetry-service", $"unix:{directory.Path}/t.sock", "--telemetry-interval", "0.5",
                "--slow-requests", "0.1", "--telemetry-options", "+CaptureUserAgent", "--process-group", "here",
            ],
            WorkingDirectory = directory.Path,
        });
        var worker = server.Workers().Single().Id;
        Servers.Get(server.Port, "/slow?secret=1", "User-Agent: tester\r\n");
        var told = new List<Datagram>();
        Until.True(
            () => Take(collector, told, one => one.Kind == Requests && one.Fields[123] == "1"),
            "a sample with the request", () => server.Logs);
        var sample = told[^1];
        Assert.Equal((worker, "1", "here"), (sample.ProcessId, sample.Fields[20], sample.Fields[6]));
        Assert.Equal("1", Counts(sample.Fields[94]));
        Assert.Contains(told, one => one.Kind == Started && one.ProcessId == worker);
        Until.True(
            () => Take(collector, told, static one => one.Kind == Slow && one.Fields[200] == "1"),
            "the slow request", () => server.Logs);
        var slow = told[^1];
        Assert.Equal(("GET", "/slow", "404", "tester"), (slow.Fields[210], slow.Fields[214], slow.Fields[240], slow.Fields[217]));
        Assert.Equal(0, server.Command("evict", $"{worker}").Status);
        Until.True(
            () => Take(collector, told, one => one.Kind == Stopped && one.ProcessId == worker),
            "the worker's end", () => server.Logs);
        Assert.Equal(("eviction_signal", "1", "1"), (told[^1].Fields[130], told[^1].Fields[132], told[^1].Fields[135]));
        Assert.DoesNotContain(told, static one => one.Fields.Values.Any(static value => value.Contains("secret", StringComparison.Ordinal)));
    }

    [Fact]
    public void That_the_collector_is_away_and_back_is_told_once()
    {
        using var directory = new TemporaryDirectory();
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--telemetry-service", $"unix:{directory.Path}/t.sock", "--telemetry-interval", "0.5"));
        server.WaitForLog($"Nobody takes telemetry at {directory.Path}/t.sock");
        using (var collector = Bind(directory.Path))
        {
            server.WaitForLog("is taken at");
        }

        File.Delete($"{directory.Path}/t.sock");
        Until.True(() => server.Errors.Split("Nobody takes telemetry").Length == 3, "told again", () => server.Logs);
        Assert.Equal(200, Servers.Get(server.Port, "/environ").Status);
    }

    private sealed record Datagram(byte Kind, int ProcessId, Dictionary<int, string> Fields);

    private static Socket Bind(string directory)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 100 };
        socket.Bind(new UnixDomainSocketEndPoint($"{directory}/t.sock"));
        return socket;
    }

    /// <summary>Takes what comes until it is the one.</summary>
    private static bool Take(Socket collector, List<Datagram> told, Func<Datagram, bool> isIt)
    {
        var bytes = new byte[16 * 1024];
        while (true)
        {
            try
            {
                told.Add(Read(bytes.AsSpan(0, collector.Receive(bytes))));
            }
            catch (SocketException)
            {
                return false;
            }

            if (isIt(told[^1]))
            {
                return true;
            }
        }
    }

    private static Datagram Read(ReadOnlySpan<byte> bytes)
    {
        Assert.Equal("WSGI"u8.ToArray(), bytes[..4].ToArray());
        Assert.Equal(1, bytes[4]);
        var fields = new Dictionary<int, string>();
        for (var rest = bytes[24..]; !rest.IsEmpty;)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            var type = rest[2];
            rest = rest[3..];
            var count = 1;
            if (type > 3)
            {
                count = BinaryPrimitives.ReadUInt16LittleEndian(rest);
                rest = rest[2..];
            }

            var size = count * type switch { 4 => 1, 5 => 4, _ => 8 };
            fields[id] = type switch
            {
                1 => $"{BinaryPrimitives.ReadUInt64LittleEndian(rest)}",
                2 => FormattableString.Invariant($"{BinaryPrimitives.ReadDoubleLittleEndian(rest)}"),
                4 => Encoding.UTF8.GetString(rest[..count]),
                _ => Convert.ToHexString(rest[..size]),
            };
            rest = rest[size..];
        }

        return new Datagram(bytes[5], (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]), fields);
    }

    /// <summary>All of a histogram together.</summary>
    private static string Counts(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.Equal(65 * 4, bytes.Length);
        return $"{Enumerable.Range(0, 65).Sum(index => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4 * index)))}";
    }
}
