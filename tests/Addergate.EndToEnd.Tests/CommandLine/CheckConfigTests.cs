using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.CommandLine;

/// <summary>What a server would be started with, without one.</summary>
public sealed class CheckConfigTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public CheckConfigTests()
    {
        _directory.Write("app.py", "raise LookupError('never run')\n");
        _directory.Write("addergate.toml", "entry-point = 'app.py'\nthreads = 4\n[setenv]\nA = '1'\nB = '2'\n");
    }

    public void Dispose() => _directory.Dispose();

    private Tool Check(params string[] arguments) => Tool.Run(
        "env",
        [
            "-u", "VIRTUAL_ENV", "-u", "PORT", "-u", "WEB_CONCURRENCY", "-C", _directory.Path, "ADDERGATE_PROCESSES=2",
            Layout.Program, "check-config", "--python", Pythons.Default!, .. arguments,
        ]);

    [Fact]
    public void It_says_what_is_in_force_and_where_that_is_written()
    {
        var check = Check("--queue-limit", "9");
        Assert.Equal(0, check.Status);
        Assert.StartsWith($"Configuration file: {_directory.Path}/addergate.toml\nPython: 3.", check.Output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "SETTING VALUE FROM", "entry-point app.py addergate.toml:1", "setenv A=1 addergate.toml:4",
                "setenv B=2 addergate.toml:5", $"python {Pythons.Default} --python", "processes 2 ADDERGATE_PROCESSES",
                "threads 4 addergate.toml:2", "queue-limit 9 --queue-limit",
            ],
            check.Output.Split("\n\n")[1].TrimEnd().Split('\n')
                .Select(static line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        Assert.Contains("\nlog-level ", Check("--all").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_come_together_and_the_status_is_that_of_start_server()
    {
        var check = Check("--queue-limit", "x", "--https-port", "1", "--alll");
        Assert.Equal((2, ""), (check.Status, check.Output));
        Assert.Equal(
            """
            addergate: 3 mistakes:
              - unknown option --alll; did you mean --all?
              - --queue-limit: "x" is not a whole number
              - --https-port needs a certificate; add --ssl-certificate-file and --ssl-certificate-key-file, or for development --https-dev

            """,
            check.Errors);
    }

    [Fact]
    public void Programs_are_told_the_same_in_JSON()
    {
        var right = JsonDocument.Parse(Check("--json", "--all").Output).RootElement;
        Assert.True(right.GetProperty("ok").GetBoolean());
        Assert.Equal(Path.Combine(_directory.Path, "addergate.toml"), right.GetProperty("configurationFile").GetString());
        Assert.StartsWith("3.", right.GetProperty("python").GetProperty("version").GetString(), StringComparison.Ordinal);
        var settings = right.GetProperty("settings").EnumerateArray()
            .ToDictionary(static setting => setting.GetProperty("name").GetString()!);
        Assert.Equal("""{"name":"threads","value":"4","origin":"addergate.toml:2"}""", Compact(settings["threads"]));
        Assert.Equal("""{"name":"port","value":"8000","origin":"default"}""", Compact(settings["port"]));
        Assert.Equal(
            """{"name":"setenv","values":["A=1","B=2"],"origins":["addergate.toml:4","addergate.toml:5"]}""",
            Compact(settings["setenv"]));

        var check = Check("--json", "--threads", "x");
        Assert.Equal(2, check.Status);
        var wrong = JsonDocument.Parse(check.Output).RootElement;
        Assert.False(wrong.GetProperty("ok").GetBoolean());
        Assert.Equal(
            """[{"message":"--threads: \"x\" is not a whole number","advice":null}]""", Compact(wrong.GetProperty("mistakes")));
    }

    [Fact]
    public void What_the_command_line_overrides_is_not_said_to_be_in_force()
    {
        _directory.Write("addergate.toml", """
            [[application]]
            entry-point = "app.py"
            processes = 2
            threads = 3
            """);
        var said = Check("--processes", "4").Output;
        Assert.Matches(@"(?m)^processes +4 +--processes$", said);
        Assert.Matches(@"(?m)^threads +3 +addergate\.toml:4$", said);
        Assert.DoesNotContain("addergate.toml:3", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_in_arguments_are_replaced_as_mod_wsgi_express_does()
    {
        var said = Tool.Succeed(
            "env", "SITE_PORT=8123", Layout.Program, "check-config", "--python", Pythons.Default!, "--port", "${SITE_PORT}",
            "--setenv", "price", "5 $NOSUCHVARIABLE $1");
        Assert.Matches(@"(?m)^port +8123 +--port$", said);
        Assert.Contains("price=5 $NOSUCHVARIABLE $1 ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_accepted_and_does_nothing_is_said()
    {
        _directory.Write("other.py", "");
        var said = Check(
            "app.py", "--entry-point", "other.py", "--allow-localhost", "--hsts-policy", "max-age=1", "--setenv", "REQUEST_METHOD", "GET").Output;
        foreach (var warning in (string[])
            [
                "--allow-localhost has no effect without --server-name: any name is answered",
                "--hsts-policy has no effect without --https-port",
                "--setenv REQUEST_METHOD has no effect: the request says what it is",
                "ENTRY \"app.py\" is not what is served: --entry-point \"other.py\" goes before it",
            ])
        {
            Assert.Contains("warning: " + warning, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Its_help_names_its_own_options()
    {
        Assert.Contains("--json", Check("--help").Output, StringComparison.Ordinal);
        Assert.Contains("check-config", Tool.Succeed(Layout.Program, "--help"), StringComparison.Ordinal);
        Assert.Equal(Check("--help").Output, Tool.Succeed(Layout.Program, "help", "check-config"));
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(
        element, new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
