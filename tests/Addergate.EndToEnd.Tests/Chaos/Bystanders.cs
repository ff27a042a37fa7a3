using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Chaos;

/// <summary>
/// A server of two workers with ordinary clients on it, while something goes wrong in one of its requests: what the
/// ordinary clients see is what the case is judged by.
/// </summary>
internal sealed class Bystanders : IDisposable
{
    private const int Clients = 3;

    private readonly ITestOutputHelper _output;
    private readonly string _case;

    private Bystanders(string name, ITestOutputHelper output, IReadOnlyList<string> wrapper, string[] options)
    {
        _case = name;
        _output = output;
        Server = ServerProcess.Start(
            ServerStart.Conformance(["--processes", "2", "--threads", "3", .. options]) with { Wrapper = wrapper });
        Until.True(() => Server.Workers().Count == 2, "two workers", () => Server.Logs);
        Load = new Load(Server.Port, Clients, "/hello");
        Load.WaitForGood(200);
    }

    public ServerProcess Server { get; }

    public Load Load { get; }

    public static Bystanders Of(string name, ITestOutputHelper output, params string[] options) =>
        new(name, output, [], options);

    /// <summary>The same with little memory.</summary>
    public static Bystanders In(MemoryCage cage, string name, ITestOutputHelper output) =>
        new(name, output, cage.Wrapper, []);

    /// <summary>Sends one request that misbehaves, on a connection of its own.</summary>
    public Conversation Misbehave(string deed)
    {
        var conversation = new Conversation(Server.Port);
        conversation.Send($"GET /misbehaving/{deed} HTTP/1.1\r\nHost: test\r\n\r\n");
        return conversation;
    }

    /// <summary>Waits until two workers serve, of which at least one was not there before.</summary>
    public void WaitForReplacement(IReadOnlyCollection<int> before) => Until.True(
        () => Server.Workers() is { Count: 2 } now && now.Any(worker => !before.Contains(worker.Id)),
        "a replacement", () => Server.Logs);

    public List<int> WorkerIds() => [.. Server.Workers().Select(static worker => worker.Id)];

    /// <summary>Lets the ordinary clients go on for a while, ends them, and prints what they saw.</summary>
    public void Finish()
    {
        Load.WaitForGood(200);
        Load.Dispose();
        _output.WriteLine($"{_case}: {Clients} ordinary clients saw {Load}");
    }

    public void Dispose()
    {
        Load.Dispose();
        Server.Dispose();
    }
}
