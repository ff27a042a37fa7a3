using Addergate.Cli.Administration;
using Addergate.Settings.Reference;
using Addergate.Wire.Administration;

namespace Addergate.Cli.Tests.Administration;

public sealed class StatusScreenTests
{
    private static readonly ServerSnapshot Server = new()
    {
        Version = "1.2.3",
        Application = "shop\e[2J.wsgi",
        Applications = [new ApplicationSnapshot("main", "shop\e[2J.wsgi", "/", 2, true, 5, 5, 3)],
        Urls = ["http://localhost:8000/"],
        Port = 8000,
        ServerRoot = "/run/shop",
        State = "serving",
        Generation = 2,
        Reloading = true,
        Waiting = 3,
        OldestWaitSeconds = 1.25,
        Running = 5,
        Capacity = 5,
        Completed = 18302,
        Refused = 0,
        TimedOut = 7,
        Recycled = new Dictionary<string, long> { ["maximum_requests"] = 4, ["crash"] = 1 },
        Processes =
        [
            new ProcessSnapshot("supervisor", 4711, "serving", 95_400, 44_000_000),
            new ProcessSnapshot("front end", 4712, "ready", 7980, 9_000_000),
            new ProcessSnapshot("template", 4715, "ready", 7980, 30_000_000) { Generation = 2 },
            new ProcessSnapshot("worker", 4720, "draining", 61, null)
            {
                Number = 2, Generation = 1, Threads = 5, Completed = 18000, Running = 0, IdleSeconds = 12,
            },
            new ProcessSnapshot("worker", 14721, "ready", 0.44, 12_000_000_000)
            {
                Number = 3, Generation = 2, Threads = 5, Completed = 302, Running = 5, IdleSeconds = 0,
            },
        ],
    };

    [Fact]
    public void The_screen_as_people_see_it() => Assert.Equal(
        """
        Addergate 1.2.3  serving
          Application  shop\x1b[2J.wsgi
          URL          http://localhost:8000/
          Requests     5 running of 5, 3 waiting for up to 1.3 s, 18,302 answered, 7 timed out (504)
          Workers      generation 2, reloading; recycled: 1 × crash, 4 × maximum_requests
          Server root  /run/shop

          PROCESS        PID   STATE             AGE     MEMORY   GENERATION   ANSWERED   RUNNING   IDLE
          supervisor    4711   serving       1 d 2 h     42 MiB
          front end     4712   ready      2 h 13 min    8.6 MiB
          template      4715   ready      2 h 13 min     29 MiB            2
          worker 2      4720   draining    1 min 1 s                       1     18,000       0/5   12 s
          worker 3     14721   ready           0.4 s   11.2 GiB            2        302       5/5

        """,
        StatusScreen.Write(Server, new TextStyle(false)));

    [Fact]
    public void Colours_change_no_column()
    {
        var plain = StatusScreen.Write(Server, new TextStyle(false));
        var coloured = StatusScreen.Write(Server, new TextStyle(true));
        Assert.Contains("\e[1;33m5/5\e[0m", coloured, StringComparison.Ordinal);
        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[[0-9;]*m", ""));
    }

    [Fact]
    public void Json_is_read_back_as_it_was_written()
    {
        var reply = AdminReply.FromLine(new AdminReply(AdminOutcome.Done, "", Server).ToLine())!;
        Assert.Equal(
            StatusScreen.Write(Server, new TextStyle(false)), StatusScreen.Write(reply.Server!, new TextStyle(false)));
    }
}
