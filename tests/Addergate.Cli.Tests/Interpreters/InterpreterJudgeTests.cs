using Addergate.Cli.Interpreters;

namespace Addergate.Cli.Tests.Interpreters;

public sealed class InterpreterJudgeTests
{
    private const string Path = "/opt/bin/python3";

    private static string Output(
        string executable = "/opt/real/python3.12",
        string implementation = "cpython",
        string version = "3.12.1",
        string bits = "64",
        string ctypes = "",
        string free = "no") =>
        string.Join('\n', ProbeScript.Mark, executable, implementation, version, bits, ctypes, free) + "\n";

    private static string Mistake(string output) => InterpreterJudge.Judge(Path, output).Mistake!.ToString();

    [Fact]
    public void The_real_executable_and_version_are_taken()
    {
        var interpreter = InterpreterJudge.Judge(Path, Output()).Interpreter;
        Assert.Equal(new Interpreter("/opt/real/python3.12", "3.12.1", false), interpreter);
    }

    [Fact]
    public void A_free_threaded_build_is_told_apart() => Assert.Equal(
        "3.13.0 free-threaded", InterpreterJudge.Judge(Path, Output(version: "3.13.0", free: "yes")).Interpreter?.Version);

    [Fact]
    public void What_a_shim_or_a_start_up_file_prints_before_does_no_harm() =>
        Assert.True(InterpreterJudge.Judge(Path, "pyenv: rehashing\n" + Output()).CanServe);

    [Fact]
    public void An_interpreter_that_does_not_know_its_own_path_is_the_one_that_was_run() =>
        Assert.Equal(Path, InterpreterJudge.Judge(Path, Output(executable: "")).Interpreter?.Executable);

    [Fact]
    public void What_cannot_serve_is_told()
    {
        Assert.Equal(
            "/opt/bin/python3 is Python 3.8.18, and Addergate needs 3.9 or later; name another one with --python",
            Mistake(Output(version: "3.8.18")));
        Assert.Equal(
            "/opt/bin/python3 is pypy 3.10.14, and Addergate needs CPython; name another one with --python",
            Mistake(Output(implementation: "pypy", version: "3.10.14")));
        Assert.Equal(
            "/opt/bin/python3 is a 32-bit Python 3.12.1, and Addergate needs a 64-bit one; name another one with --python",
            Mistake(Output(bits: "32")));
        Assert.StartsWith(
            "/opt/bin/python3 is Python 3.12.1 without ctypes (No module named '_ctypes'), which Addergate is loaded with;",
            Mistake(Output(ctypes: "No module named '_ctypes'")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Unknown option: -I\nusage: python [option]", " (it says: Unknown option: -I)")]
    [InlineData("addergate probe 1\n/x\ncpython\n", " (it says: addergate probe 1)")]
    public void What_is_no_Python_is_told(string output, string said) => Assert.Equal(
        $"/opt/bin/python3 does not answer as Python 3.9 or later does{said}; name another one with --python",
        Mistake(output));
}
