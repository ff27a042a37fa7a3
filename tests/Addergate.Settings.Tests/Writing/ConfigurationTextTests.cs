using System.Text;
using Addergate.Settings.Configuration;
using Addergate.Settings.Declarations;
using Addergate.Settings.Tests.Machines;
using Addergate.Settings.Writing;

namespace Addergate.Settings.Tests.Writing;

public sealed class ConfigurationTextTests
{
    private const string Line =
        "app.wsgi:main --setenv A x=y --setenv B q --threads 4 --request-timeout 90 --limit-request-body 512K --preload "
        + "--request-buffering off --python-path lib --python-path /usr/lib --url-alias /s static --trust-proxy 10.0.0.0/8 "
        + "--trust-proxy-header X-Forwarded-For --access-log=log/access --map-head-to-get On --memory-limit 512M --user alice "
        + "--server-mpm event --queue-policy fifo --working-directory sub --document-root sub --directory-index index.html";

    private static readonly FakeMachine Machine = new FakeMachine().Directory("/srv/lib", "/usr/lib", "/srv/log", "/srv/static", "/srv/sub");

    private static IReadOnlyList<WrittenSetting> Written(string line)
    {
        var result = Resolve.Line(line, Machine);
        Assert.Empty(result.Mistakes);
        return SettingsToWrite.From(result.Settings!, result.InForce("/srv"), "/usr/bin/python3");
    }

    [Fact]
    public void What_is_written_means_the_same_from_another_directory()
    {
        var json = ConfigurationText.Json(Written(Line));
        var elsewhere = new FakeMachine { CurrentDirectory = "/" }
            .Directory("/srv/lib", "/usr/lib", "/srv/log", "/srv/static", "/srv/sub").File("/etc/site/addergate.json", json);
        var file = new ConfigurationFile(
            "/etc/site/addergate.json", "addergate.json", ConfigurationFormat.Json, Encoding.UTF8.GetBytes(json));
        var again = Addergate.Settings.Resolution.SettingsResolver.Resolve([], [], elsewhere, JsonSource.Read(file));
        Assert.Empty(again.Mistakes);
        var before = Resolve.Good(Line, Machine);
        var root = again.Settings!.ServerRoot;
        Assert.Equal(
            before.ToJson(),
            (again.Settings with
            {
                Listen = again.Settings.Listen with { HostReason = before.Listen.HostReason },
                Applications = [again.Settings.Main with { Python = again.Settings.Main.Python with { Source = before.Main.Python.Source } }],
                ServerRoot = root,
            }).ToJson());
    }

    [Fact]
    public void Several_applications_are_written_as_tables_that_read_back_the_same()
    {
        var result = Resolve.File(
            """
            { "threads": 3, "application": [
              { "entry-point": "app.wsgi", "python-path": ["lib"], "server-name": "a.example.com" },
              { "entry-point": "app.wsgi", "mount-point": "/b", "threads": 9 } ] }
            """,
            machine: new FakeMachine().Directory("/srv/lib"));
        Assert.Empty(result.Mistakes);
        var settings = result.Settings!;
        var tables = result.Applications.Select((table, index) => SettingsToWrite.ForApplication(
            settings.Applications[index].Application, result.InForce(table, "/srv"), "/usr/bin/python3")).ToArray();
        var server = SettingsToWrite.ForServer(settings, result.InForce("/srv"));
        var again = Resolve.GoodFile(
            ConfigurationText.Json(server, tables), machine: new FakeMachine().Directory("/srv/lib"));
        Assert.Equal(
            settings.Applications.Select(static one => (one.Name, one.Application.Entry, one.Workers.Threads)),
            again.Applications.Select(static one => (one.Name, one.Application.Entry, one.Workers.Threads)));
        Assert.Equal(["/srv/lib"], again.Applications[0].Application.PythonPath);
        Assert.Equal(
            ["threads = 3", "[[application]]", "server-name = \"a.example.com\"", "[[application]]", "threads = 9"],
            ConfigurationText.Toml(server, [], tables).Split('\n').Where(static line =>
                line.StartsWith('[') || line.StartsWith("threads", StringComparison.Ordinal)
                || line.StartsWith("server-name", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_kind_of_value_is_written_as_its_type() => Assert.Equal(
        [
            "entry-point = \"/srv/app.wsgi\"", "application-type = \"script\"", "callable-object = \"main\"",
            "working-directory = \"/srv/sub\"", "python-path = [", "    \"/srv/lib\",", "    \"/usr/lib\"", "]", "setenv = [",
            "    [\"A\", \"x=y\"],", "    [\"B\", \"q\"]", "]", "map-head-to-get = \"On\"", "python = \"/usr/bin/python3\"",
            "host = \"127.0.0.1\"", "port = 8000", "trust-proxy = [\"10.0.0.0/8\"]",
            "trust-proxy-header = [\"X-Forwarded-For\"]", "threads = 4", "preload = true", "queue-policy = \"fifo\"",
            "request-timeout = \"90s\"", "memory-limit = \"512M\"", "limit-request-body = \"512K\"", "request-buffering = false",
            "document-root = \"/srv/sub\"", "url-alias = [[\"/s\", \"/srv/static\"]]", "directory-index = [\"index.html\"]",
            "access-log = \"/srv/log/access\"", "user = \"alice\"",
        ],
        ConfigurationText.Toml(Written(Line), []).Split('\n').Where(static line => line.Length > 0 && line[0] != '#'));

    [Fact]
    public void Each_says_what_it_is_for_and_who_said_so() => Assert.Contains(
        "\n# Request threads in each worker process\n# From: --threads\nthreads = 4\n",
        ConfigurationText.Toml(Written(Line), ["Top", "of it"]),
        StringComparison.Ordinal);

    [Fact]
    public void No_text_can_end_its_quotes_or_its_comment()
    {
        var odd = new WrittenSetting(ApplicationDeclarations.EntryPoint, ["a\"\\\n\t\u007f\u0001é"], "file\nport = 1", false);
        var toml = ConfigurationText.Toml([odd], []);
        Assert.EndsWith("# From: file?port = 1\nentry-point = \"a\\\"\\\\\\n\\t\\u007f\\u0001é\"\n", toml, StringComparison.Ordinal);
        Assert.Equal("a\"\\\n\t\u007f\u0001é", System.Text.Json.JsonDocument.Parse(ConfigurationText.Json([odd]))
            .RootElement.GetProperty("entry-point").GetString());
    }

    [Fact]
    public void The_interpreter_that_was_found_goes_before_its_prefix()
    {
        var machine = new FakeMachine().Files("/srv/venv/bin/python");
        var result = Resolve.Line("app.wsgi --python-home venv", machine);
        var written = SettingsToWrite.From(result.Settings!, result.InForce("/srv"), "/srv/venv/bin/python");
        Assert.DoesNotContain(written, static setting => setting.Setting == PythonDeclarations.Home);
        Assert.Equal("--python-home", written.Single(static setting => setting.Setting == PythonDeclarations.Executable).Origin);
    }
}
