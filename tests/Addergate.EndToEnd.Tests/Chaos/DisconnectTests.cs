using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Chaos;

/// <summary>Clients that go away, at every stage of a request.</summary>
[Trait("Runs", "once")]
public sealed class DisconnectTests(ITestOutputHelper output)
{
    private const int EachStage = 50;

    private const string Post = "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\n";

    [Theory]
    [InlineData("in the request line", "GET /hel", 0)]
    [InlineData("in the headers", "GET /hello HTTP/1.1\r\nHost: te", 0)]
    [InlineData("before the body", Post, 0)]
    [InlineData("in the body", Post + "half of it", 0)]
    [InlineData("after the request", "GET /hello HTTP/1.1\r\nHost: test\r\n\r\n", 0)]
    [InlineData("in the response", "GET /download?blocks=200 HTTP/1.1\r\nHost: test\r\n\r\n", 1)]
    [InlineData("while pipelining", "GET /hello HTTP/1.1\r\nHost: test\r\n\r\nGET /hello HTTP/1.1\r\nHost: test\r\n\r\nGET /h", 1)]
    public void Clients_that_go_away_cost_the_others_nothing(string stage, string sent, int received)
    {
        using var bystanders = Bystanders.Of($"clients that go away {stage}", output);
        var before = bystanders.WorkerIds();
        var frontEnd = bystanders.Server.FrontEnd();
        var opened = Opened(frontEnd);
        for (var round = 0; round < EachStage; round++)
        {
            using var leaving = new Conversation(bystanders.Server.Port);
            leaving.Send(sent);
            if (received > 0)
            {
                Assert.Equal(200, leaving.Receive(toHead: true).Status);
            }

            // All go by a reset, half of them after they have said that they send nothing more.
            if (round % 2 == 0)
            {
                leaving.FinishSending();
            }
        }

        bystanders.Finish();
        Assert.Equal(0, bystanders.Load.Bad);
        Assert.Equal(before, bystanders.WorkerIds());
        // Nothing holds on to them: the connections are closed, and no file of theirs is left open.
        Until.True(
            () => Opened(frontEnd) <= opened, "the front end to close the connections", () => bystanders.Server.Logs);
    }

    /// <summary>Sockets and files without a name; not the program's own files, which are opened when they are needed.
    /// </summary>
    private static int Opened(ProcessInfo process) => Directory.GetFiles($"/proc/{process.Id}/fd")
        .Select(static file => new FileInfo(file).LinkTarget)
        .Count(static target => target is not null
            && (target.StartsWith("socket:", StringComparison.Ordinal)
                || target.EndsWith("(deleted)", StringComparison.Ordinal)));
}
