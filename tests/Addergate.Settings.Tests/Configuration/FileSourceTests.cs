using Addergate.Settings.Declarations;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Configuration;

/// <summary>Settings from a file: in JSON, since its tables, lists and types are TOML's.</summary>
public sealed class FileSourceTests
{
    private static string Mistake(string json) => Assert.Single(Resolve.FileMistakes(json));

    [Fact]
    public void Command_line_environment_file_default_is_the_order()
    {
        const string File = """{ "threads": 3 }""";
        Assert.Equal(3, Resolve.GoodFile(File).Main.Workers.Threads);
        Assert.Equal(7, Resolve.GoodFile(File, machine: new FakeMachine().Set("ADDERGATE_THREADS", "7")).Main.Workers.Threads);
        Assert.Equal(
            9, Resolve.GoodFile(File, "--threads 9", new FakeMachine().Set("ADDERGATE_THREADS", "7")).Main.Workers.Threads);
        Assert.Equal(1, Resolve.GoodFile(File).Main.Workers.Processes);
    }

    [Fact]
    public void What_a_platform_sets_goes_before_the_file()
    {
        var machine = new FakeMachine().Set("PORT", "5000").Set("WEB_CONCURRENCY", "3");
        var settings = Resolve.GoodFile("""{ "port": 6000, "processes": 2 }""", machine: machine);
        Assert.Equal((5000, 3), (settings.Listen.Port, settings.Main.Workers.Processes));
    }

    [Fact]
    public void Each_type_of_value_is_taken_as_it_is_written()
    {
        var settings = Resolve.GoodFile(
            """
            {
                "entry-point": "app.wsgi",
                "request_timeout": 90, "keep-alive-timeout": 1.5, "socket-timeout": "2m",
                "limit-request-body": 1024, "memory_limit": "512M", "maximum-requests": 10, "recycle-jitter": "20%",
                "preload": true, "http2": false, "request-buffering": "off", "access-log": true,
                "python-path": ["/srv", "/tmp"],
                "setenv": { "A": "1", "B.C": "x=y" },
                "python-warnings": []
            }
            """);
        Assert.Equal("/srv/app.wsgi", settings.Main.Application.Entry);
        Assert.Equal(TimeSpan.FromSeconds(90), settings.Timeouts.Request);
        Assert.Equal(TimeSpan.FromSeconds(1.5), settings.Clients.KeepAlive);
        Assert.Equal(TimeSpan.FromMinutes(2), settings.Clients.Socket);
        Assert.Equal((1024, 512L << 20), (settings.Limits.RequestBody, settings.Main.Workers.MemoryLimit));
        Assert.Equal((10, 20), (settings.Main.Workers.MaximumRequests, settings.Main.Workers.RecycleJitter));
        Assert.Equal((true, false, false), (settings.Main.Workers.Preload, settings.Listen.PlainHttp2, settings.Limits.RequestBuffering));
        Assert.True(settings.Logs.AccessLogEnabled);
        Assert.Equal(["/srv", "/tmp"], settings.Main.Application.PythonPath);
        Assert.Equal(
            [new("A", "1"), new("B.C", "x=y")], settings.Main.Application.Variables.OrderBy(static pair => pair.Key));
    }

    [Fact]
    public void Pairs_may_be_lists_of_two() => Assert.Equal(
        [new("A", "1"), new("B", "2")],
        Resolve.GoodFile("""{ "setenv": [["A", "1"], ["B", "2"]] }""").Main.Application.Variables.OrderBy(static pair => pair.Key));

    [Fact]
    public void A_user_may_be_a_number() => Assert.Equal(
        33u, Resolve.GoodFile("""{ "user": 33 }""", machine: new FakeMachine { EffectiveUserId = 0 }).Identity.UserId);

    [Fact]
    public void Relative_paths_are_those_of_the_files_directory()
    {
        var machine = new FakeMachine()
            .File("/etc/site/live.json", """
                {
                    "entry-point": "site.wsgi", "working-directory": "work", "python": "venv/bin/python", "pid-file": "../pid",
                    "access-log": "logs/access", "service-script": { "jobs": "jobs.py" }, "log-directory": "."
                }
                """)
            .Files("/etc/site/site.wsgi", "/etc/site/venv/bin/python", "/etc/site/jobs.py")
            .Directory("/etc/site/work", "/etc/site/logs");
        var settings = Named("--config /etc/site/live.json", machine);
        Assert.Equal("/etc/site/site.wsgi", settings.Main.Application.Entry);
        Assert.Equal("/etc/site/work", settings.Main.Application.WorkingDirectory);
        Assert.Equal("/etc/site/venv/bin/python", settings.Main.Python.Executable);
        Assert.Equal("/etc/pid", settings.PidFile);
        Assert.Equal("/etc/site/logs/access", settings.Logs.AccessLog);
        Assert.Equal("/etc/site/jobs.py", Assert.Single(settings.Services).Path);
        Assert.Equal("/etc/site/error_log", settings.Logs.ErrorLog);
    }

    [Fact]
    public void What_is_no_path_stays_as_it_is()
    {
        var machine = new FakeMachine()
            .File("/etc/site/live.json", """{ "entry-point": "shop:create_app()", "python": "python3", "access-log": "-" }""");
        var settings = Named("--config /etc/site/live.json", machine);
        Assert.Equal(("shop", "create_app()"), (settings.Main.Application.Entry, settings.Main.Application.Callable));
        Assert.Equal("/usr/bin/python3", settings.Main.Python.Executable);
        Assert.Null(settings.Logs.AccessLog);
        Assert.Equal("/srv", settings.Main.Application.WorkingDirectory);
    }

    private static Addergate.Settings.Model.ServerSettings Named(string line, FakeMachine machine)
    {
        var read = Addergate.Settings.Sources.CommandLineReader.Read(line.Split(' '));
        var file = Addergate.Settings.Configuration.ConfigurationFinder.Find(read.Texts, machine, []);
        var result = Addergate.Settings.Resolution.SettingsResolver.Resolve(
            read.Texts, [], machine, Addergate.Settings.Configuration.JsonSource.Read(file!));
        Assert.Empty(result.Mistakes);
        return result.Settings!;
    }

    [Theory]
    [InlineData("""{ "prot": 80 }""", "addergate.json:1: prot is no setting; did you mean port?")]
    [InlineData("""{ "xyzzy": 80 }""", "addergate.json:1: xyzzy is no setting; see addergate start-server --help")]
    [InlineData("""{ "port": 80, "port": 81 }""", "addergate.json:1: port is written in line 1 already; write it once")]
    [InlineData("{ \"log-level\": \"info\",\n\"log_level\": \"warn\" }", "addergate.json:2: log_level is written in line 1 already; write it once")]
    [InlineData("""{ "listen": { "port": 80 } }""", "addergate.json:1: listen: settings are not grouped in tables; write them above the first table, without [listen]")]
    [InlineData("""{ "config": "x.toml" }""", "addergate.json:1: config: a configuration file cannot name another one; use --config or ADDERGATE_CONFIG")]
    [InlineData("""{ "application": { "entry-point": "app.wsgi" } }""", "addergate.json:1: application is a table; write each application below a line [[application]]")]
    [InlineData("""{ "application": ["app.wsgi"] }""", "addergate.json:1: application = [\"app.wsgi\"] is a list; write each application below a line [[application]]")]
    [InlineData("""{ "application": [{ "entry-point": "app.wsgi", "port": 80 }] }""", "addergate.json:1: port: this is for the whole server; write it above the first [[application]]")]
    [InlineData("""{ "application": [{ "entry-point": "app.wsgi", "application": [] }] }""", "addergate.json:1: application is no setting; see addergate start-server --help")]
    [InlineData("""{ "applications": [{ "entry-point": "app.wsgi" }] }""", "addergate.json:1: applications is no setting; did you mean [[application]]?")]
    [InlineData("""[1]""", "addergate.json:1: the settings are a list; write a table of names and values")]
    public void What_is_no_setting_is_told(string json, string mistake) => Assert.Equal(mistake, Mistake(json));

    [Theory]
    [InlineData("""{ "port": "8000" }""", "addergate.json:1: port = \"8000\" is text; write it without quotes: port = 8000")]
    [InlineData("""{ "port": "http" }""", "addergate.json:1: port = \"http\" is text; write a port from 0 to 65535, 0 = one that is free")]
    [InlineData("""{ "port": 80.5 }""", "addergate.json:1: port = 80.5 is a number; write a port from 0 to 65535, 0 = one that is free")]
    [InlineData("""{ "port": true }""", "addergate.json:1: port = true is true or false; write a port from 0 to 65535, 0 = one that is free")]
    [InlineData("""{ "port": [80, "x"] }""", "addergate.json:1: port = [80, \"x\"] is a list; write a port from 0 to 65535, 0 = one that is free")]
    [InlineData("""{ "port": { "http": 80 } }""", "addergate.json:1: port is a table; write a port from 0 to 65535, 0 = one that is free")]
    [InlineData("""{ "python": 3.11 }""", "addergate.json:1: python = 3.11 is a number; write a path, or the name of a command on PATH, in quotes")]
    [InlineData("""{ "preload": 1 }""", "addergate.json:1: preload = 1 is a number; write true or false")]
    [InlineData("""{ "pid-file": "" }""", "addergate.json:1: pid-file has no value; write a path, in quotes, or leave the line out")]
    [InlineData("""{ "pid-file": null }""", "addergate.json:1: pid-file has no value; write a path, in quotes, or leave the line out")]
    [InlineData("""{ "python-path": "lib" }""", "addergate.json:1: python-path = \"lib\" is text; write a list: python-path = [\"lib\"]")]
    [InlineData("""{ "python-path": { "a": "b" } }""", "addergate.json:1: python-path is a table; write a list; each item is a directory")]
    [InlineData("""{ "python-path": ["/srv", 3] }""", "addergate.json:1: python-path = 3 is a number; write a directory, in quotes")]
    [InlineData("""{ "setenv": "A" }""", "addergate.json:1: setenv = \"A\" is text; write a list of pairs, [[\"KEY\", \"VALUE\"]], or a table")]
    [InlineData("""{ "setenv": { "A": 1 } }""", "addergate.json:1: setenv.A = 1 is a number; write text in quotes")]
    [InlineData("""{ "setenv": { "A": "" } }""", "addergate.json:1: setenv.A has no value; write one, or leave the line out")]
    [InlineData("""{ "setenv": { "A=B": "1" } }""", "addergate.json:1: setenv: \"A=B\" has an equals sign in it; use letters, digits, dots, dashes and underscores")]
    [InlineData("""{ "setenv": ["A", "1"] }""", "addergate.json:1: setenv: \"A\" is no pair; write [\"KEY\", \"VALUE\"]|addergate.json:1: setenv: \"1\" is no pair; write [\"KEY\", \"VALUE\"]")]
    [InlineData("""{ "setenv": [["A", "1", "2"]] }""", "addergate.json:1: setenv: [\"A\", \"1\", \"2\"] is no pair; write [\"KEY\", \"VALUE\"]")]
    public void A_value_of_the_wrong_type_is_told(string json, string mistakes) =>
        Assert.Equal(mistakes.Split('|'), Resolve.FileMistakes(json));

    [Theory]
    [InlineData("""{ "port": 80000 }""", "addergate.json:1: port: \"80000\" is not between 0 and 65535")]
    [InlineData("""{ "log-level": "loud" }""", "addergate.json:1: log-level: \"loud\" is none of debug, info, warn, error or critical")]
    [InlineData("""{ "request-timeout": "soon" }""", "addergate.json:1: request-timeout: \"soon\" is not a duration: write seconds, or units as in 5s, 2m, 1h")]
    [InlineData("""{ "pid-file": "a\u0000b" }""", "addergate.json:1: pid-file: \"a\u0000b\" contains a NUL character")]
    [InlineData("""{ "entry-point": "ap.wsgi" }""", "addergate.json:1: entry-point: there is no script /srv/ap.wsgi; did you mean app.wsgi?")]
    public void A_value_that_makes_no_sense_is_told(string json, string mistake) => Assert.Equal(mistake, Mistake(json));

    [Fact]
    public void All_mistakes_of_all_sources_come_together() => Assert.Equal(
        [
            "unknown option --prot; did you mean --port?",
            "addergate.json:2: treads is no setting; did you mean threads?",
            "ADDERGATE_LOG_LEVEL: \"loud\" is none of debug, info, warn, error or critical",
            "addergate.json:3: processes: \"0\" is not between 1 and 1024",
        ],
        Resolve.FileMistakes(
            "{\n\"treads\": 1,\n\"processes\": 0 }", "--prot 80", new FakeMachine().Set("ADDERGATE_LOG_LEVEL", "loud"))
            .Order(StringComparer.Ordinal).OrderBy(static text => text.StartsWith("unknown", StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(static text => text.Contains("treads", StringComparison.Ordinal) ? 0 : 1));

    [Fact]
    public void A_mistake_in_the_file_is_told_also_where_the_command_line_goes_before_it() => Assert.Equal(
        "addergate.json:1: threads: \"0\" is not between 1 and 4096",
        Assert.Single(Resolve.FileMistakes("""{ "threads": 0 }""", "--threads 4")));

    [Fact]
    public void The_name_of_several_applications_is_kept_free() => Assert.Null(AllSettings.Find("application"));

    /// <summary>Otherwise a relative path in a file would be one of the directory that somebody happened to be in.</summary>
    [Fact]
    public void Every_setting_with_a_path_takes_it_as_relative_to_the_file() => Assert.Empty(AllSettings.List
        .Where(static setting => setting.Notice is null && setting.Name != "service-log-file")
        .Where(static setting => setting.Metavar.Split(' ') is [.., "FILE" or "DIR" or "PATH"])
        .Where(static setting => setting.Under(setting.Metavar.Contains(' ') ? "x=a/b" : "a/b", "/there") is var text
            && !text.EndsWith("/there/a/b", StringComparison.Ordinal))
        .Select(static setting => setting.Name));
}
