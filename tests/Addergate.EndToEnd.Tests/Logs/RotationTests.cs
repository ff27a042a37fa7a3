using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Logs;

/// <summary>Rotation by the server and by others, while requests are served.</summary>
public sealed class RotationTests
{
    [Fact]
    public void Logs_are_rotated_under_load_without_a_lost_or_torn_line()
    {
        using var directory = new TemporaryDirectory();
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--log-directory", directory.Path, "--access-log", "--access-log-name", "accesses",
            "--rotate-logs", "--max-log-size", "64K"));
        var log = Path.Combine(directory.Path, "accesses");
        using var load = new Load(server.Port, 3, "/hello");
        Until.True(() => Directory.GetFiles(directory.Path, "accesses.2*").Length >= 3, "three rotations");
        // As logrotate does.
        File.Move(log, Path.Combine(directory.Path, "accesses.moved"));
        Signals.Send(server.Id, Signals.User1);
        Until.True(() => File.Exists(log), "a new file");
        load.WaitForGood(500);
        load.Dispose();
        server.Stop();

        var lines = Directory.GetFiles(directory.Path, "accesses*").SelectMany(File.ReadAllLines)
            .Where(static line => !line.Contains("\"HEAD ", StringComparison.Ordinal)).ToArray();
        Assert.All(lines, static line => Assert.Matches(
            """^127\.0\.0\.1 - - \[[^]]+\] "GET /hello HTTP/1\.1" \d{3} \S+ "-" "-"$""", line));
        Assert.InRange(lines.Length, load.Good, load.Good + 10);
        Assert.True(File.Exists(Path.Combine(directory.Path, "error_log")));
    }
}
