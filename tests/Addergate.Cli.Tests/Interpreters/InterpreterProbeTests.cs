using System.Collections;
using Addergate.Cli.Interpreters;
using Addergate.Settings.Model;

namespace Addergate.Cli.Tests.Interpreters;

public sealed class InterpreterProbeTests
{
    private static InterpreterAnswer Ask(string path)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");
        return InterpreterProbe.Ask("/no/addergate", path, new IdentitySettings(), variables);
    }

    [Fact]
    public void A_Python_of_this_machine_says_what_it_is()
    {
        const string Python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(Python), $"there is no {Python}");
        var answer = Ask(Python);
        Assert.Null(answer.Mistake);
        Assert.True(File.Exists(answer.Interpreter!.Executable));
        Assert.StartsWith("3.", answer.Interpreter.Version, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_no_Python_is_told_and_gone() => Assert.StartsWith(
        "/bin/cat does not answer as Python 3.9 or later does (it says: ",
        Ask("/bin/cat").Mistake!.Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_file_that_cannot_be_run_is_told() =>
        Assert.Equal("/etc/passwd cannot be run: Permission denied", Ask("/etc/passwd").Mistake!.Message);
}
