using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Wsgi;

public sealed class FailingTests
{
    private static readonly string[] Kinds =
        ["exception", "exit", "exit_text", "interrupt", "generator_exit", "base", "unprintable", "memory"];

    public static TheoryData<string, string, string> BeforeTheHead => new MatrixTheoryData<string, string, string>(
        Servers.Interpreters, Kinds, ["call", "started", "first"]);

    public static TheoryData<string, string> AfterTheHead =>
        new MatrixTheoryData<string, string>(Servers.Interpreters, Kinds);

    [Theory]
    [MemberData(nameof(BeforeTheHead))]
    public void Before_the_head_is_out_the_client_gets_500_and_the_worker_lives(string python, string what, string when)
    {
        var worker = WorkerOf(python);
        using var conversation = Servers.Open(python);
        conversation.Send($"GET /failing?what={what}&when={when} HTTP/1.1\r\nHost: test\r\n\r\n");
        var reply = conversation.Receive();
        Assert.Equal(500, reply.Status);
        Assert.True(reply.IsWhole);
        Assert.DoesNotContain("Traceback", reply.Text, StringComparison.Ordinal);

        Assert.Equal("hello\n", conversation.Send("GET /hello HTTP/1.1\r\nHost: test\r\n\r\n").Receive().Text);
        Assert.Equal(worker, WorkerOf(python));
    }

    [Theory]
    [MemberData(nameof(AfterTheHead))]
    public void After_the_head_the_connection_is_reset_and_the_worker_lives(string python, string what)
    {
        var worker = WorkerOf(python);
        foreach (var version in (string[])["1.0", "1.1"])
        {
            Servers.GetBroken(python, $"/failing?what={what}&when=second", version);
        }

        Assert.Equal(worker, WorkerOf(python));
    }

    [Theory]
    [InlineData("recursion")]
    [InlineData("sys_exit")]
    public void Other_ends_of_an_application_give_500(string what) =>
        Assert.Equal(500, Servers.Get(Pythons.Default!, "/failing?what=" + what).Status);

    [Fact]
    public void StopIteration_out_of_a_call_is_an_error_like_any_other() =>
        Assert.Equal(500, Servers.Get(Pythons.Default!, "/failing?what=stop_iteration").Status);

    [Fact]
    public void The_traceback_is_one_record_in_the_log()
    {
        Servers.Get(Pythons.Default!, "/failing?what=exception");
        var server = Servers.For(Pythons.Default!);
        server.WaitForLog("line two");
        Assert.Contains("Traceback (most recent call last)", server.Errors, StringComparison.Ordinal);
        Assert.Contains("failing.py", server.Errors, StringComparison.Ordinal);
        Assert.Contains("ValueError: marked \u20ac line one", server.Errors, StringComparison.Ordinal);
    }

    private static int WorkerOf(string python) =>
        JsonDocument.Parse(Servers.Get(python, "/process").Body).RootElement.GetProperty("pid").GetInt32();
}
