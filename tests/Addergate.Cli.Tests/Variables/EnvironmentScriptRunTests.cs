using Addergate.Cli.Variables;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;

namespace Addergate.Cli.Tests.Variables;

public sealed class EnvironmentScriptRunTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("addergate-").FullName;
    private readonly List<string> _warnings = [];

    [Fact]
    public void What_is_exported_is_set_and_what_is_unset_removed() => Assert.Equal(
        new Dictionary<string, string?> { ["NEW"] = "two\nlines", ["CHANGED"] = "after", ["GONE"] = null },
        Run(
            """
            echo this is printed
            NEW="two
            lines"
            export NEW CHANGED="after" SAME="same"
            NOT_EXPORTED=1
            unset GONE
            cd /
            [ -n "$NOTHING" ] && export NOTHING
            """,
            out _));

    [Fact]
    public void The_variables_of_the_server_are_there_for_it() =>
        Assert.Equal("before and after", Run("""export CHANGED="$CHANGED and after" """, out _)["CHANGED"]);

    [Theory]
    [InlineData("echo cannot ask the vault >&2; exit 3", " ended before its end (cannot ask the vault)")]
    [InlineData("if then", " ended before its end (")]
    public void One_that_does_not_come_to_its_end_is_a_mistake(string script, string said)
    {
        Assert.Empty(Run(script, out var mistake));
        Assert.Contains(said, mistake!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_prints_is_shown_and_not_all_of_much()
    {
        var variables = Run("no-such-command\necho second >&2; echo; seq 3 20; export A=1", out var mistake);
        Assert.Null(mistake);
        Assert.Equal("1", variables["A"]);
        Assert.Equal(6, _warnings.Count);
        Assert.Matches("^--envvars-script: /.*/envvars printed: .*no-such-command: not found$", _warnings[0]);
        Assert.EndsWith("envvars printed: second", _warnings[1], StringComparison.Ordinal);
        Assert.EndsWith("envvars printed 15 more lines", _warnings[5], StringComparison.Ordinal);
    }

    [Fact]
    public void A_shell_that_cannot_be_run_is_a_mistake()
    {
        Run("", out var mistake, shell: "/etc/passwd");
        Assert.Equal("--envvars-script: /etc/passwd cannot be run: Permission denied", mistake!.Message);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private IReadOnlyDictionary<string, string?> Run(string text, out Mistake? mistake, string shell = "/bin/sh")
    {
        var path = Path.Combine(_directory, "envvars");
        File.WriteAllText(path, text);
        var variables = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/bin:/bin",
            ["CHANGED"] = "before",
            ["SAME"] = "same",
            ["GONE"] = "soon",
        };
        return EnvironmentScriptRun.Run(
            "/no/addergate", new EnvironmentScript(path, shell), new IdentitySettings(), variables, _warnings, out mistake);
    }
}
