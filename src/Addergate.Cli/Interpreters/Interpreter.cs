namespace Addergate.Cli.Interpreters;

/// <summary>An interpreter that can serve.</summary>
/// <param name="Executable">Its real <c>sys.executable</c>: behind a version manager's shim, but in a virtual
/// environment the one of the environment.</param>
/// <param name="Version">For people: <c>3.13.0</c>, <c>3.13.0 free-threaded</c>.</param>
internal sealed record Interpreter(string Executable, string Version);
