using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Logs;

/// <summary>The error log in the forms that there are, as the real program writes it.</summary>
public sealed class ErrorLogFormatTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Apaches_notation_gives_one_record_with_the_id_that_the_access_log_has()
    {
        using var server = Start("--error-log-format", @"[%{cu}t] [%l] [%m] [pid %P] [request\ %L] %M", "--access-log-format", "%L %U");
        Assert.Equal(500, Servers.Get(server.Port, "/raise").Status);
        server.Stop();
        var id = Assert.Single(Lines("access_log"), static line => line.EndsWith(" /raise", StringComparison.Ordinal)).Split(' ')[0];
        var lines = Lines("error_log");
        var first = Array.FindIndex(lines, line => line.Contains($"[request {id}]", StringComparison.Ordinal));
        Assert.Matches(
            @"^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\] \[error\] \[worker \d+\] \[pid \d+\] \[request \w{13}\] \S", lines[first]);
        Assert.Contains(lines[first..], static line => line == "    RuntimeError: first");
        Assert.Contains(lines[first..], static line => line == "    [error] forged");
    }

    [Fact]
    public void Json_gives_one_object_a_line_whatever_is_said()
    {
        using var server = Start("--error-log-format", "json");
        Assert.Equal(500, Servers.Get(server.Port, "/raise").Status);
        server.Stop();
        var records = Lines("error_log").Select(static line => JsonDocument.Parse(line).RootElement).ToArray();
        var failure = Assert.Single(
            records, static record => record.GetProperty("message").GetString()!.Contains("RuntimeError", StringComparison.Ordinal));
        Assert.Equal("error", failure.GetProperty("level").GetString());
        Assert.Equal(13, failure.GetProperty("request_id").GetString()!.Length);
        Assert.EndsWith("RuntimeError: first\n[error] forged", failure.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("Z", failure.GetProperty("time").GetString(), StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private ServerProcess Start(params string[] options)
    {
        _directory.Write("app.py", """
            def application(environ, start_response):
                raise RuntimeError("first\n[error] forged")
            """);
        return ServerProcess.Start(new ServerStart
        {
            Arguments = ["app.py", "--log-directory", _directory.Path, "--access-log", .. options],
            WorkingDirectory = _directory.Path,
        });
    }

    private string[] Lines(string name) => File.ReadAllLines(Path.Combine(_directory.Path, name));
}
