using System.Collections.Concurrent;
using System.Text;
using Addergate.EndToEnd.Tests.Harness;

[assembly: AssemblyFixture(typeof(Servers))]

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>
/// One server with the conformance applications for each interpreter, started when a test first asks for it and
/// stopped after the last test; then nothing of it may be left.
/// </summary>
public sealed class Servers : IDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<ServerProcess>> Started = new();

    private static int _names;

    /// <summary>The interpreters that the conformance run is repeated for. Without ReadyToRun code it is about the
    /// program and not about Python: then one is enough.</summary>
    public static IReadOnlyList<string> Interpreters =>
        System.Environment.GetEnvironmentVariable("ADDERGATE_TEST_READYTORUN") == "0"
            || System.Environment.GetEnvironmentVariable("ADDERGATE_TEST_ONE_PYTHON") == "1"
            ? [.. Pythons.Supported.Take(1)]
            : Pythons.Supported;

    /// <summary>A name that no other test uses, for counts and gates.</summary>
    public static string NewName() => $"n{Interlocked.Increment(ref _names)}";

    internal static ServerProcess For(string python) => Started.GetOrAdd(
        python,
        static path => new Lazy<ServerProcess>(
            () => ServerProcess.Start(ServerStart.Conformance("--threads", "12") with { Python = path }))).Value;

    internal static Conversation Open(string python) => new(For(python).Port);

    /// <summary>For a request whose response breaks off: a head and a part of the body may come, or nothing at all, since a
    /// reset overtakes what was not sent yet; but never an end that looks whole. Returns what came.</summary>
    internal static Reply? GetBroken(string python, string target, string version = "1.1", string method = "GET")
    {
        using var conversation = Open(python);
        conversation.Send($"{method} {target} HTTP/{version}\r\nHost: test\r\n\r\n");
        Reply head;
        try
        {
            head = conversation.Receive(toHead: true);
        }
        catch (EndOfStreamException)
        {
            return null;
        }

        var rest = conversation.ReadToEnd(out var reset);
        Assert.True(reset, $"A truncated response was ended as if it were whole: {head.StatusLine}, {rest}");
        return head with { Body = Encoding.Latin1.GetBytes(rest), IsWhole = false };
    }

    /// <summary>GET on a connection of its own.</summary>
    internal static Reply Get(string python, string target, string headers = "", string method = "GET") =>
        Get(For(python).Port, target, headers, method);

    internal static Reply Get(int port, string target, string headers = "", string method = "GET")
    {
        using var conversation = new Conversation(port);
        return conversation.Send($"{method} {target} HTTP/1.1\r\nHost: test\r\n{headers}\r\n").Receive(method == "HEAD");
    }

    internal static Reply Post(string python, string target, byte[] body, bool chunked, string headers = "")
    {
        using var conversation = Open(python);
        return conversation.Send(PostBytes(target, body, chunked, headers)).Receive();
    }

    /// <summary>A whole request; a chunked body is cut into chunks of 1, 2, 3 … bytes, larger for large bodies.</summary>
    internal static byte[] PostBytes(string target, byte[] body, bool chunked, string headers = "")
    {
        var framing = chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}";
        var request = new MemoryStream();
        request.Write(Encoding.Latin1.GetBytes($"POST {target} HTTP/1.1\r\nHost: test\r\n{headers}{framing}\r\n\r\n"));
        if (!chunked)
        {
            request.Write(body);
            return request.ToArray();
        }

        var size = body.Length > 10_000 ? 5000 : 1;
        for (var at = 0; at < body.Length; at += size++)
        {
            var part = body.AsSpan(at, Math.Min(size, body.Length - at));
            request.Write(Encoding.ASCII.GetBytes($"{part.Length:x}\r\n"));
            request.Write(part);
            request.Write("\r\n"u8);
        }

        request.Write("0\r\n\r\n"u8);
        return request.ToArray();
    }

    /// <summary>How often an application noted something under this name.</summary>
    internal static int Count(string python, string name) => Count(For(python).Port, name);

    internal static int Count(int port, string name) =>
        int.Parse(Get(port, $"/ledger?name={Uri.EscapeDataString(name)}").Text, provider: null);

    /// <summary>Lets the request go on that waits at this gate.</summary>
    internal static void OpenGate(string python, string name) => OpenGate(For(python).Port, name);

    internal static void OpenGate(int port, string name) =>
        Assert.Equal(200, Get(port, $"/ledger?open={name}").Status);

    public void Dispose()
    {
        foreach (var server in Started.Values.Where(static server => server.IsValueCreated))
        {
            server.Value.Dispose();
        }
    }
}
