using System.Diagnostics;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Queue;

/// <summary>One thread that a request holds: everybody else waits.</summary>
public sealed class QueueTests : IDisposable
{
    private readonly ServerProcess _server = ServerProcess.Start(ServerStart.Conformance(
        "--threads", "1", "--queue-limit", "2", "--queue-timeout", "1500ms"));

    [Fact]
    public async Task A_full_queue_refuses_and_a_long_wait_ends_without_the_application()
    {
        using var held = new HeldRequests(_server);
        held.Add();
        held.WaitForWorkers(1);
        // Three for two places.
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(number => Task.Factory.StartNew(
            () =>
            {
                using var client = Ask($"/hello?{number}");
                var reply = client.Receive();
                var took = watch.Elapsed;
                // The connection lives on, and there is no room as long as the first still wait.
                var next = reply.Status == 503
                    ? client.Send("GET /hello HTTP/1.1\r\nHost: test\r\n\r\n").Receive().Status
                    : 0;
                return (Reply: reply, Took: took, Next: next);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.Equal([503, 504, 504], answers.Select(static answer => answer.Reply.Status).Order());
        var refused = answers.Single(static answer => answer.Reply.Status == 503);
        Assert.Equal(503, refused.Next);
        Assert.Equal("1", refused.Reply["Retry-After"]);
        Assert.Equal("Addergate", refused.Reply["Server"]);
        Assert.All(
            answers.Where(static answer => answer.Reply.Status == 504),
            late => Assert.True(
                late.Took >= TimeSpan.FromSeconds(1.5) && late.Took > refused.Took,
                $"refused after {refused.Took}, timed out after {late.Took}"));
        held.LetGo();
        Assert.Equal(["200"], held.Outcomes().Select(static outcome => outcome[..3]));
        Assert.Equal(0, Servers.Count(_server.Port, "requests/hello"));
        _server.WaitForLog("Overload: ");
    }

    [Fact]
    public void A_client_that_goes_away_while_it_waits_is_never_served()
    {
        using var held = new HeldRequests(_server);
        held.Add();
        held.WaitForWorkers(1);
        Ask("/hello").Dispose();
        Ask("/hello").Dispose();
        // There is room again in the queue as soon as both are known to have gone.
        Until.True(
            () =>
            {
                using var next = Ask("/environ");
                using var another = Ask("/environ");
                Thread.Sleep(20);
                held.LetGo();
                return next.Receive().Status == 200 && another.Receive().Status == 200;
            },
            "room in the queue", () => _server.Logs);
        Assert.Equal(0, Servers.Count(_server.Port, "requests/hello"));
    }

    public void Dispose() => _server.Dispose();

    private Conversation Ask(string target) =>
        new Conversation(_server.Port).Send($"GET {target} HTTP/1.1\r\nHost: test\r\n\r\n");
}
