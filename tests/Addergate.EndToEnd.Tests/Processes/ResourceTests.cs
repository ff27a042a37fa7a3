using System.Globalization;
using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Processes;

/// <summary>What the kernel lets a worker have.</summary>
public sealed class ResourceTests
{
    private const string Application = """
        import ctypes, json, os, resource
        import mod_wsgi

        libc = ctypes.CDLL(None)
        libc.pthread_self.restype = ctypes.c_ulong
        libc.pthread_getattr_np.argtypes = [ctypes.c_ulong, ctypes.c_void_p]

        def application(environ, start_response):
            if environ["PATH_INFO"] == "/timeout":
                raise mod_wsgi.RequestTimeout()
            if environ["PATH_INFO"] == "/large":
                try:
                    bytearray(512 << 20)
                except MemoryError:
                    start_response("200 OK", [])
                    return [b"MemoryError"]
            attributes, stack = ctypes.create_string_buffer(256), ctypes.c_size_t()
            libc.pthread_getattr_np(libc.pthread_self(), attributes)
            libc.pthread_attr_getstacksize(attributes, ctypes.byref(stack))
            start_response("200 OK", [("Content-Type", "application/json")])
            return [json.dumps({
                "data": resource.getrlimit(resource.RLIMIT_DATA), "space": resource.getrlimit(resource.RLIMIT_AS),
                "cpu": resource.getrlimit(resource.RLIMIT_CPU), "nice": os.nice(0), "stack": stack.value,
                "umask": open("/proc/self/status").read().split("Umask:\t")[1][:4],
            }).encode()]
        """;

    [Theory]
    [InlineData("--data-limit", "256M", "data", 256L << 20)]
    [InlineData("--virtual-memory-limit", "900M", "space", 900L << 20)]
    public void Memory_has_a_hard_limit_that_the_application_sees_as_MemoryError(
        string option, string value, string name, long bytes)
    {
        using var directory = new TemporaryDirectory();
        foreach (var preload in (string[])["", "--preload"])
        {
            using var server = Start(directory, option, value, preload);
            var limits = Ask(server).GetProperty(name).EnumerateArray().Select(static limit => limit.GetInt64());
            Assert.Equal([bytes, bytes], limits);
            for (var round = 0; round < 20; round++)
            {
                Assert.Equal("MemoryError", Servers.Get(server.Port, "/large").Text);
            }

            Assert.Equal(200, Servers.Get(server.Port, "/").Status);
        }
    }

    [Fact]
    public void When_memory_is_short_the_kernel_takes_a_worker_first()
    {
        using var directory = new TemporaryDirectory();
        using var server = Start(directory);
        Assert.Equal(Math.Min(1000, Score(server.Id) + 200), Score(server.Workers()[0].Id));
        Assert.Equal(Score(server.Id), Score(server.FrontEnd().Id));

        static int Score(int id) => int.Parse(File.ReadAllText($"/proc/{id}/oom_score_adj"), CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Priority_stack_and_CPU_time_are_as_they_were_asked_for()
    {
        using var directory = new TemporaryDirectory();
        using var server = Start(directory, "--cpu-priority", "5", "--stack-size", "2M", "--cpu-time-limit", "100", "--umask", "037");
        var facts = Ask(server);
        Assert.Equal(5, facts.GetProperty("nice").GetInt32());
        Assert.InRange(facts.GetProperty("stack").GetInt64(), 2 << 20, (2 << 20) + (1 << 16));

        Assert.Equal("0037", facts.GetProperty("umask").GetString());

        // The supervisor keeps to the limit itself; the kernel's comes a minute later.
        Assert.Equal([160, 160], facts.GetProperty("cpu").EnumerateArray().Select(static limit => limit.GetInt64()));
        Assert.Equal("0", NiceOf(server.FrontEnd().Id));
    }

    [Fact]
    public void A_request_that_ends_itself_with_RequestTimeout_is_a_timeout()
    {
        using var directory = new TemporaryDirectory();
        using var server = Start(directory, "--log-level", "info");
        Assert.Equal(504, Servers.Get(server.Port, "/timeout").Status);
        server.WaitForLog("RequestTimeout ended the request");
        Assert.DoesNotContain("Traceback", server.Errors, StringComparison.Ordinal);
        Assert.Equal(200, Servers.Get(server.Port, "/").Status);
    }

    private static ServerProcess Start(TemporaryDirectory directory, params string[] options)
    {
        var script = directory.Write("app.py", Application);
        return ServerProcess.Start(new ServerStart
        {
            Arguments = [script, "--processes", "1", "--threads", "2", .. options.Where(static o => o.Length > 0)],
        });
    }

    private static JsonElement Ask(ServerProcess server) =>
        JsonDocument.Parse(Servers.Get(server.Port, "/").Body).RootElement;

    private static string NiceOf(int process)
    {
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16];
    }
}
