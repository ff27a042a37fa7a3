using Addergate.Settings.Declarations;

namespace Addergate.Cli.Interpreters;

/// <summary>Reads what <see cref="ProbeScript"/> printed and tells whether such an interpreter can serve.</summary>
internal static class InterpreterJudge
{
    private static readonly Version Oldest = new(3, 9);
    private static readonly string NameAnother = $"name another one with {PythonDeclarations.Executable.Option}";

    /// <param name="path">What was run.</param>
    /// <param name="output">All that it wrote to standard output and standard error.</param>
    internal static InterpreterAnswer Judge(string path, string output)
    {
        var lines = output.Split('\n');
        var mark = Array.IndexOf(lines, ProbeScript.Mark);
        if (mark < 0 || lines.Length < mark + 1 + ProbeScript.Facts
            || lines[(mark + 1)..] is not [var executable, var implementation, var number, var bits, var ctypes, var free, ..]
            || !Version.TryParse(number, out var version))
        {
            var said = Array.Find(lines, line => line.Trim().Length > 0)?.Trim();
            return InterpreterAnswer.Wrong(
                $"{path} does not answer as Python {Oldest} or later does" + (said is null ? "" : $" (it says: {said})"),
                NameAnother);
        }

        if (implementation != "cpython")
        {
            return InterpreterAnswer.Wrong(
                $"{path} is {implementation} {version}, and Addergate needs CPython", NameAnother);
        }

        if (version < Oldest)
        {
            return InterpreterAnswer.Wrong(
                $"{path} is Python {version}, and Addergate needs {Oldest} or later", NameAnother);
        }

        if (bits != "64")
        {
            return InterpreterAnswer.Wrong(
                $"{path} is a {bits}-bit Python {version}, and Addergate needs a 64-bit one", NameAnother);
        }

        if (ctypes.Length > 0)
        {
            return InterpreterAnswer.Wrong(
                $"{path} is Python {version} without ctypes ({ctypes}), which Addergate is loaded with",
                $"build it with libffi's headers installed, or {NameAnother}");
        }

        // sys.executable can be empty when argv[0] was odd; then what was run is as good.
        return new InterpreterAnswer(
            new Interpreter(
                executable.StartsWith('/') ? executable : path,
                free == "yes" ? $"{version} free-threaded" : version.ToString(),
                free == "yes"),
            null);
    }
}
