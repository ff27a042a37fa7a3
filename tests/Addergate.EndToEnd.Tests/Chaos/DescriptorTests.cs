using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Chaos;

/// <summary>A server that may have few files open, and clients who would take them all.</summary>
[Trait("Runs", "once")]
public sealed class DescriptorTests(ITestOutputHelper output)
{
    private const int Files = 600;
    private const string Hello = "GET /hello HTTP/1.1\r\nHost: test\r\n\r\n";

    [Theory]
    [InlineData("--threads", "5")]
    [InlineData("--max-clients", "5000")]
    public void More_clients_than_files_wait_and_are_served_when_others_leave(string option, string value)
    {
        using var server = Start(option, value);
        var frontEnd = server.FrontEnd();
        // From the first moment on: nothing has been loaded yet that only a request needs.
        var clients = Enumerable.Range(0, Files).Select(_ => new Conversation(server.Port).Send(Hello)).ToList();
        server.WaitForLog("clients are connected, which is all that --max-clients or the limit on open files allows");
        Assert.Equal(200, clients[0].Receive().Status);
        Assert.Equal(200, clients[0].Send(Hello).Receive().Status);
        output.WriteLine($"{frontEnd.DescriptorCount()} of {Files} files are open in the front end");
        Assert.False(clients[^1].HasAnswer);

        // Whoever waited gets its turn.
        clients.SkipLast(1).ToList().ForEach(static client => client.Dispose());
        Assert.Equal(200, clients[^1].Receive().Status);
        clients[^1].Dispose();
        AssertServesAsBefore(server, frontEnd);
        Assert.Single(Lines(server, "clients are connected"));
    }

    [Fact]
    public void Spool_files_take_no_more_than_their_share()
    {
        using var server = Start("--request-buffer-size", "4K");
        var frontEnd = server.FrontEnd();
        using var idle = new Conversation(server.Port);
        Assert.Equal(200, idle.Send(Hello).Receive().Status);
        using var crowd = new Crowd(server);
        crowd.Connect(100);
        crowd.UploadUntilRefused();
        output.WriteLine($"{frontEnd.DescriptorCount()} of {Files} files are open in the front end");
        server.WaitForLog("Request bodies refused with 503: 1. No spool file can be opened: nearly all of the 600 files");

        // No newcomer is accepted, nobody else notices.
        crowd.Connect(5);
        server.WaitForLog("No client is accepted now: nearly all of the 600 files");
        Assert.Equal(200, idle.Send(Hello).Receive().Status);
        crowd.FinishFirstUpload();

        crowd.Dispose();
        AssertServesAsBefore(server, frontEnd);
        using var upload = new Conversation(server.Port);
        upload.Send(Servers.PostBytes("/upload", new byte[100_000], chunked: false));
        Assert.EndsWith(" 100000", upload.Receive().Text, StringComparison.Ordinal);
        Assert.Single(Lines(server, "No spool file can be opened"));
        Assert.Single(Lines(server, "No client is accepted now"));
    }

    [Fact]
    public void A_limit_that_is_too_low_to_start_is_told()
    {
        using var server = ServerProcess.Launch(ServerStart.Conformance() with
        {
            Wrapper = ["prlimit", "--nofile=300:300"],
        });
        Assert.Equal(2, server.WaitForExit());
        server.WaitForOutput();
        Assert.Contains(
            "a process may have no more than 300 files open here, and at least 512 are needed; raise the hard limit",
            server.Errors, StringComparison.Ordinal);
    }

    private static ServerProcess Start(params string[] options) =>
        ServerProcess.Start(ServerStart.Conformance(["--queue-limit", "1000", .. options]) with
        {
            Wrapper = ["prlimit", $"--nofile={Files}:{Files}"],
        });

    private static void AssertServesAsBefore(ServerProcess server, ProcessInfo frontEnd)
    {
        for (var round = 0; round < 20; round++)
        {
            Assert.Equal(200, Servers.Get(server.Port, "/hello").Status);
        }

        Assert.Equal(frontEnd.Id, server.FrontEnd().Id);
        Assert.Equal(0, server.Command("reload").Status);
        Assert.Equal(200, Servers.Get(server.Port, "/hello").Status);
    }

    private static IEnumerable<string> Lines(ServerProcess server, string text) =>
        server.Errors.Split('\n').Where(line => line.Contains(text, StringComparison.Ordinal));

    private sealed class Crowd(ServerProcess server) : IDisposable
    {
        // With the idle ones fewer than may connect, and with a file for each more than may be open.
        private const int MostUploads = 180;

        private static readonly byte[] Half = new byte[20_000];

        private readonly List<Conversation> _idle = [];
        private readonly List<Conversation> _uploading = [];

        public void Connect(int count)
        {
            for (var number = 0; number < count; number++)
            {
                _idle.Add(new Conversation(server.Port));
            }
        }

        /// <summary>Connects all of them first, then each sends half of its body, and holds a spool file from then on.
        /// </summary>
        public void UploadUntilRefused()
        {
            var head = $"POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: {2 * Half.Length}\r\n\r\n";
            for (var number = 0; number < MostUploads; number++)
            {
                _uploading.Add(new Conversation(server.Port).Send(head));
                WaitUntilRead(_uploading[^1]);
            }

            for (var number = 0; !_uploading.Exists(static upload => upload.HasAnswer); number++)
            {
                Assert.True(number < MostUploads, server.Logs);
                WaitUntilRead(_uploading[number].Send(Half));
            }

            Assert.Equal(503, _uploading.Find(static upload => upload.HasAnswer)!.Receive().Status);
        }

        public void FinishFirstUpload() =>
            Assert.EndsWith(" 40000", _uploading[0].Send(Half).Receive().Text, StringComparison.Ordinal);

        private void WaitUntilRead(Conversation conversation) => Until.True(
            () => conversation.HasAnswer || !conversation.HasUnread, "the server to read", () => server.Logs);

        public void Dispose()
        {
            _idle.ForEach(static client => client.Dispose());
            _uploading.ForEach(static client => client.Dispose());
            _idle.Clear();
            _uploading.Clear();
        }
    }
}
