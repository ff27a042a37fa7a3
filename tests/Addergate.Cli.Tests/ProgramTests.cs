using System.Diagnostics;

namespace Addergate.Cli.Tests;

/// <summary>The program itself, run as a shell runs it; what starts a server is tested end to end.</summary>
public sealed class ProgramTests
{
    private static (int Status, string Output, string Error) Run(string line, string? variable = null)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "addergate"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var argument in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            start.ArgumentList.Add(argument);
        }

        if (variable?.Split('=') is [var name, var value])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("version")]
    public void The_version_is_one_line(string line)
    {
        var (status, output, error) = Run(line);
        Assert.Matches(@"^addergate \d+\.\d+\.\d+\n$", output);
        Assert.Equal((0, ""), (status, error));
    }

    [Theory]
    [InlineData("--help", "Commands:")]
    [InlineData("help", "Commands:")]
    [InlineData("help start-server", "--limit-request-body")]
    [InlineData("start-server --help", "--limit-request-body")]
    [InlineData("start-server --prot -h", "--limit-request-body")]
    public void Help_goes_to_standard_output_without_colour(string line, string part)
    {
        var (status, output, error) = Run(line);
        Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
        Assert.Equal((0, ""), (status, error));
    }

    [Theory]
    [InlineData("", "Usage:")]
    [InlineData("strat-server", "addergate: unknown command strat-server; did you mean start-server?\n")]
    [InlineData("mysite:app", "addergate: unknown command mysite:app; did you mean addergate start-server mysite:app?\n")]
    [InlineData("start-server --prot 80", "addergate: unknown option --prot; did you mean --port?\n")]
    public void What_makes_no_sense_ends_with_2_and_says_so_on_standard_error(string line, string part)
    {
        var (status, output, error) = Run(line);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.Equal((2, ""), (status, output));
    }

    [Fact]
    public void Several_mistakes_are_a_list_with_those_of_the_interpreter_in_it()
    {
        var (status, _, error) = Run("start-server --python /bin/cat --threads 0", "ADDERGATE_PORT=x");
        Assert.Equal(2, status);
        var lines = error.Split('\n');
        Assert.Equal("addergate: 3 mistakes, nothing was started:", lines[0]);
        Assert.Equal("  - --threads: \"0\" is not between 1 and 4096", lines[1]);
        Assert.Equal("  - ADDERGATE_PORT: \"x\" is not a whole number", lines[2]);
        Assert.StartsWith("  - /bin/cat does not answer as Python 3.9 or later does", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_writes_to_a_full_disk_does_not_crash()
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", $"'{Path.Combine(AppContext.BaseDirectory, "addergate")}' --help >/dev/full" },
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("", error);
    }
}
