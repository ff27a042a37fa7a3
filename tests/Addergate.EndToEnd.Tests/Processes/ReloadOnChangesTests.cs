using System.Diagnostics;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Processes;

/// <summary><c>--reload-on-changes</c>: edit, save, look.</summary>
public sealed class ReloadOnChangesTests
{
    private const string Script = """
        import importlib

        def application(environ, start_response):
            start_response("200 OK", [("Content-Type", "text/plain")])
            if environ["PATH_INFO"] == "/late":
                return [importlib.import_module("late").VALUE]
            import shop
            return [shop.VALUE]
        """;

    [Fact]
    public void An_imported_module_that_changes_is_seen_and_a_broken_one_leaves_the_old_code_serving()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Script);
        directory.Write("shop.py", "VALUE = b'one'\n");
        directory.Write("late.py", "VALUE = b'late one'\n");
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [script, "--reload-on-changes", "--processes", "2"],
            WorkingDirectory = directory.Path,
        });
        // Imported by requests, and so by one worker or the other.
        Until.True(() => Get(server, "/") == "one" && Get(server, "/late") == "late one", "both modules");
        Change("shop.py", "VALUE = b'two, two'\n", "/", "two, two");
        Change("late.py", "VALUE = b'late two'\n", "/late", "late two");
        Change("app.py", Script.Replace("[shop.VALUE]", "[shop.VALUE + b'!']", StringComparison.Ordinal), "/", "two, two!");

        directory.Write("app.py", Script + "\nimport missing\n");
        server.WaitForLog("No module named 'missing'");
        Assert.Equal("two, two!", Get(server, "/"));
        // No worker has imported this one; the reload that failed had wanted it.
        directory.Write("missing.py", "raise LookupError('not this way')\n");
        directory.Write("app.py", Script + "\nimport missing \n");
        server.WaitForLog("LookupError: not this way");
        directory.Write("missing.py", "\n");
        Until.True(() => Get(server, "/") == "two, two", "the code that works", () => server.Logs);

        void Change(string file, string text, string path, string expected)
        {
            // A file counts as changed when it has been left alone for a second. Who wrote before it was watched saves again.
            var written = Stopwatch.GetTimestamp();
            directory.Write(file, text);
            Until.True(
                () =>
                {
                    if (Stopwatch.GetElapsedTime(written) > TimeSpan.FromSeconds(5))
                    {
                        written = Stopwatch.GetTimestamp();
                        directory.Write(file, text);
                    }

                    return Get(server, path) == expected;
                },
                $"{expected} of {path}",
                () => server.Logs);
        }
    }

    [Fact]
    public void Without_it_nothing_is_watched()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Script);
        directory.Write("shop.py", "VALUE = b'one'\n");
        using var server = ServerProcess.Start(new ServerStart { Arguments = [script], WorkingDirectory = directory.Path });
        Assert.Equal("one", Get(server, "/"));
        directory.Write("shop.py", "VALUE = b'two'\n");
        Assert.Equal(0, server.Command("reload").Status);
        Assert.Equal("two", Get(server, "/"));
        Assert.DoesNotContain("generation 3", server.Errors, StringComparison.Ordinal);
    }

    private static string Get(ServerProcess server, string path) => Servers.Get(server.Port, path).Text;
}
