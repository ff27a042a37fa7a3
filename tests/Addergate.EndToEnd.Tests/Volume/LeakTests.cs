using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Volume;

/// <summary>100,000 requests of every kind: no reference, object or memory is kept by any of them.</summary>
[Trait("Runs", "once")]
public sealed class LeakTests(ITestOutputHelper output)
{
    private const int Requests = 100_000;

    private static readonly string[] Kinds =
    [
        "/hello", "/environ?q=1", "/iterable?kind=generator", "/files?size=1000", "/start_response?case=value_lf",
        "/iterable?kind=list_of_str", "/failing?what=exception", "/late_start", "/write?case=mixed",
        "/bodiless?status=204",
    ];

    [Fact]
    public void Nothing_is_kept_by_a_hundred_thousand_requests()
    {
        // The log of so many deliberate failures is not what this is about.
        using var directory = new TemporaryDirectory();
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--threads", "2", "--log-directory", directory.Path));
        Run(server.Port, Requests / 10);
        var before = Counts(server.Port);
        var memory = Memory(server);
        Run(server.Port, Requests);
        var after = Counts(server.Port);
        var memoryAfter = Memory(server);

        output.WriteLine($"before: {JsonSerializer.Serialize(before)}");
        output.WriteLine($"after {Requests}: {JsonSerializer.Serialize(after)}");
        output.WriteLine($"worker RSS {memory.Worker} → {memoryAfter.Worker} KiB, "
            + $"front end RSS {memory.FrontEnd} → {memoryAfter.FrontEnd} KiB");
        foreach (var (name, count) in before)
        {
            // One kept by each request of one kind would be 10,000; what caches and tracebacks hold is a few hundred.
            Assert.True(after[name] - count < 1000, $"{name}: {count} before, {after[name]} after");
        }

        // 10 bytes a request would be 1 MB. The first of these runs also fills tiered code and the collector's budgets.
        Assert.True(memoryAfter.Worker - memory.Worker < 20_000, $"worker {memory.Worker} → {memoryAfter.Worker}");
        Assert.True(memoryAfter.FrontEnd - memory.FrontEnd < 50_000, $"front end {memory.FrontEnd} → {memoryAfter.FrontEnd}");
    }

    private static void Run(int port, int requests)
    {
        var clients = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var conversation = new Conversation(port);
                for (var number = 0; number < requests / 2; number++)
                {
                    var target = Kinds[number % Kinds.Length];
                    conversation.Send($"GET {target} HTTP/1.1\r\nHost: test\r\n\r\n").Receive();
                }
            },
            TaskCreationOptions.LongRunning));
        Task.WaitAll([.. clients]);
    }

    private static Dictionary<string, long> Counts(int port)
    {
        // Twice: the first collects what the requests before it left to the garbage collector.
        Servers.Get(port, "/references");
        return JsonSerializer.Deserialize<Dictionary<string, long>>(Servers.Get(port, "/references").Text)!;
    }

    private static (long Worker, long FrontEnd) Memory(ServerProcess server) =>
        (server.Workers()[0].ResidentKiB(), server.FrontEnd().ResidentKiB());
}
