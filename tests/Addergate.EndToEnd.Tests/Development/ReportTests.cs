using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Development;

/// <summary>What is written about requests: coverage, profile, records.</summary>
public sealed class ReportTests : IDisposable
{
    private const string Application =
        """
        import slow

        def application(environ, start_response):
            if environ["PATH_INFO"] == "/fail":
                raise RuntimeError("oops")
            slow.work()
            write = start_response("201 Made", [("X-Thing", "value")])
            if environ["PATH_INFO"] == "/write":
                write(b"written, ")
            return Blocks(environ["wsgi.input"].read())

        class Blocks:
            def __init__(self, body):
                self.blocks = [b"one ", b"two ", body]
            def __iter__(self):
                yield from self.blocks
                if self.blocks[2] == b"raise":
                    raise ValueError("late")
            def close(self):
                if self.blocks[2] == b"close":
                    raise KeyError("at the end")
        """;

    private const string Slow =
        """
        def work():
            return sum(range(1000))

        def never():
            return 1
        """;

    private readonly TemporaryDirectory _directory = new();

    public ReportTests()
    {
        _directory.Write("app.py", Application);
        _directory.Write("slow.py", Slow);
    }

    [Fact]
    public void The_coverage_of_the_requests_is_in_pages_at_the_end()
    {
        Assert.SkipUnless(
            Tool.Run(Pythons.Default!, "-c", "import coverage").Status == 0,
            "python3-coverage is not installed (eng/test-tools.sh says how).");
        using var server = Start("--enable-coverage", "--coverage-directory", "pages");
        Assert.Equal(201, Servers.Get(server.Port, "/").Status);
        Assert.Equal(0, server.Stop());
        var page = File.ReadAllText(Path.Combine(_directory.Path, "pages", "slow_py.html"));
        Assert.Contains("class=\"run\"><span class=\"n\"><a id=\"t2\"", page, StringComparison.Ordinal);
        Assert.Contains("class=\"mis show_mis\"><span class=\"n\"><a id=\"t5\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("_serve.py", File.ReadAllText(Path.Combine(_directory.Path, "pages", "index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_package_the_start_says_what_to_install()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Path, "stand-in"));
        _directory.Write("stand-in/coverage.py", "raise ImportError");
        using var server = ServerProcess.Launch(new ServerStart
        {
            Arguments = ["app.py", "--enable-coverage"],
            WorkingDirectory = _directory.Path,
            Environment = new Dictionary<string, string?> { ["PYTHONPATH"] = Path.Combine(_directory.Path, "stand-in") },
        });
        Assert.Equal(1, server.WaitForExit());
        server.WaitForLog("--enable-coverage needs the package coverage, which ");
    }

    [Fact]
    public void The_profile_of_the_requests_is_in_a_file_at_the_end()
    {
        using var server = Start("--enable-profiler", "--profiler-directory", "profiles");
        for (var request = 0; request < 3; request++)
        {
            Assert.Equal(201, Servers.Get(server.Port, "/").Status);
        }

        Assert.Equal(0, server.Stop());
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_directory.Path, "profiles"), "*.pstats"));
        var listing = Tool.Succeed(
            Pythons.Default!, "-c", "import pstats, sys; pstats.Stats(sys.argv[1]).print_stats('work')", file);
        Assert.Matches(@"\s3\s.*slow\.py:1\(work\)", listing);
    }

    [Fact]
    public void Requests_and_responses_are_recorded_whole()
    {
        using var server = Start("--enable-recorder", "--recorder-directory", "records", "--processes", "2");
        Assert.Equal("written, one two body", Post(server, "/write", "body").Text);
        var record = Records("content", 2);
        Assert.Equal("body", record["icontent"]);
        Assert.Equal("written, one two body", record["ocontent"]);
        Assert.Equal("201 Made\nX-Thing: value\n", record["oheaders"]);
        Assert.Contains("PATH_INFO: '/write'\n", record["iheaders"], StringComparison.Ordinal);
        var mode = File.GetUnixFileMode(Directory.GetFiles(Path.Combine(_directory.Path, "records"))[0]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Theory]
    [InlineData("/fail", "", "oaexcept", "RuntimeError: oops")]
    [InlineData("/", "raise", "orexcept", "ValueError: late")]
    [InlineData("/", "close", "ofexcept", "KeyError: 'at the end'")]
    public void Exceptions_are_recorded_where_they_were_raised(string target, string body, string kind, string raised)
    {
        using var server = Start("--enable-recorder", "--recorder-directory", "records");
        using (var conversation = new Conversation(server.Port))
        {
            conversation.Send(Servers.PostBytes(target, System.Text.Encoding.ASCII.GetBytes(body), chunked: false));
            if (kind == "orexcept")
            {
                conversation.ReadToEnd(out _);
            }
            else
            {
                conversation.Receive();
            }
        }

        Assert.EndsWith(raised + "\n", Records(kind, 1)[kind], StringComparison.Ordinal);
    }

    [Fact]
    public void Several_of_them_go_together_with_the_banner_saying_where()
    {
        using var server = Start("--enable-profiler", "--enable-recorder", "--debug-mode");
        Assert.Equal(201, Servers.Get(server.Port, "/").Status);
        Assert.Contains(Path.Combine(server.Root, "pstats"), server.Errors, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(server.Root, "archive"), server.Errors, StringComparison.Ordinal);
        Assert.Equal(0, server.Stop());
        Assert.Single(Directory.GetFiles(Path.Combine(server.Root, "pstats")));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(server.Root, "archive")));
    }

    public void Dispose() => _directory.Dispose();

    private static Reply Post(ServerProcess server, string target, string body)
    {
        using var conversation = new Conversation(server.Port);
        return conversation.Send(
            Servers.PostBytes(target, System.Text.Encoding.ASCII.GetBytes(body), chunked: false)).Receive();
    }

    private ServerProcess Start(params string[] options) => ServerProcess.Start(
        new ServerStart { Arguments = ["app.py", .. options], WorkingDirectory = _directory.Path });

    /// <summary>The files of the one request by their endings, once those that end so are there.</summary>
    private Dictionary<string, string> Records(string ending, int count)
    {
        string[] files = [];
        Until.True(
            () => (files = Directory.GetFiles(Path.Combine(_directory.Path, "records"))).Count(
                file => file.EndsWith(ending, StringComparison.Ordinal) && new FileInfo(file).Length > 0) == count,
            "the record");
        return files.ToDictionary(static file => Path.GetExtension(file)[1..], File.ReadAllText);
    }
}
