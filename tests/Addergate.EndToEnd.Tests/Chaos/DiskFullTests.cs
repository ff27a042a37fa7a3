using System.Globalization;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Chaos;

/// <summary>A disk without room, for what the server spools and for what it logs.</summary>
[Trait("Runs", "once")]
public sealed class DiskFullTests(ITestOutputHelper output)
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public void A_body_that_finds_no_room_is_refused_and_all_else_is_served()
    {
        using var disk = new SmallDisk(4);
        using var server = ServerProcess.Start(
            ServerStart.Conformance("--threads", "5") with { Root = Path.Combine(disk.Path, "root") });
        using var load = new Load(server.Port, 3, "/hello");
        load.WaitForGood(100);
        Assert.Equal(200, Upload(server, 2 * Mebibyte).Status);
        // Larger than the disk, and what was written of them is given back each time.
        for (var round = 0; round < 5; round++)
        {
            var refused = Upload(server, 8 * Mebibyte);
            Assert.Equal((507, "close"), (refused.Status, refused["Connection"]));
        }

        Assert.Equal(200, Upload(server, 2 * Mebibyte).Status);

        disk.Fill();
        Assert.Equal(507, Upload(server, 2 * Mebibyte).Status);
        // In memory, and a response through the front end's buffers.
        Assert.Equal(200, Upload(server, 100_000).Status);
        Assert.Equal(4 * Mebibyte, Servers.Get(server.Port, "/download?blocks=64").Body.Length);
        Assert.Equal(0, server.Command("reload").Status);
        Assert.Equal(0, server.Command("status").Status);
        load.WaitForGood(100);

        disk.Clear();
        Assert.Equal(200, Upload(server, 2 * Mebibyte).Status);
        load.Dispose();
        output.WriteLine($"disk full for spool files: 3 ordinary clients saw {load}");
        Assert.Equal(0, load.Bad);
        Assert.Contains(
            "Request bodies refused with 507: 1. No spool file can be written in "
            + $"{Path.Combine(disk.Path, "root")}: No space left on device",
            Assert.Single(server.Errors.Split('\n'), static line => line.Contains("refused", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Logs_that_find_no_room_cost_nothing_but_their_lines()
    {
        // Room for the access log of the rest of the test, once there is room again.
        using var disk = new SmallDisk(64);
        using var server = ServerProcess.Start(ServerStart.Conformance("--log-directory", disk.Path, "--access-log"));
        using var load = new Load(server.Port, 3, "/hello");
        load.WaitForGood(100);
        disk.Fill();
        load.WaitForGood(5000);
        // Nor does the application notice, in whichever way it logs.
        for (var round = 0; round < 100; round++)
        {
            Assert.Equal(200, Servers.Get(server.Port, "/logging_app?mark=lost").Status);
        }

        Assert.Equal(0, server.Command("reload").Status);
        load.WaitForGood(1000);
        disk.Clear();
        var errors = Path.Combine(disk.Path, "error_log");
        Until.True(
            () => File.ReadAllText(errors).Contains(
                " lines were lost while the log could not be written", StringComparison.Ordinal),
            "the log to tell what it lost", () => File.ReadAllText(errors));
        load.WaitForGood(1000);
        load.Dispose();
        output.WriteLine($"disk full for the logs: 3 ordinary clients saw {load}");
        Assert.Equal(0, load.Bad);
        Assert.Equal(0, server.Stop());
        // A line that was cut off stands alone.
        Assert.All(
            File.ReadLines(Path.Combine(disk.Path, "access_log")),
            static line => Assert.InRange(line.Split("127.0.0.1 - - [").Length, 1, 2));
    }

    private static Reply Upload(ServerProcess server, int size)
    {
        using var client = new Conversation(server.Port);
        client.Send(string.Create(
            CultureInfo.InvariantCulture, $"POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: {size}\r\n\r\n"));
        client.SendSlowly(new string('x', size), Mebibyte / 4, TimeSpan.Zero);
        return client.Receive();
    }
}
