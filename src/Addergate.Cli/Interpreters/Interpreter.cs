using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;

namespace Addergate.Cli.Interpreters;

/// <summary>An interpreter that can serve.</summary>
/// <param name="Executable">Its real <c>sys.executable</c>: behind a version manager's shim, but in a virtual
/// environment the one of the environment.</param>
/// <param name="Version">For people: <c>3.13.0</c>, <c>3.13.0 free-threaded</c>.</param>
/// <param name="IsFreeThreaded">Whether it can run without the GIL.</param>
internal sealed record Interpreter(string Executable, string Version, bool IsFreeThreaded)
{
    /// <summary>What is wrong with it for these settings, or null.</summary>
    internal Mistake? MistakeFor(PythonSettings python) => python.FreeThreading && !IsFreeThreaded
        ? new Mistake(
            $"{PythonDeclarations.FreeThreading.Option}: {Executable} is Python {Version}, which needs its GIL",
            $"name a free-threaded build with {PythonDeclarations.Executable.Option}, as in python3.13t")
        : null;
}
