using Addergate.Cli.Programs;
using Addergate.Settings.Model;

namespace Addergate.Cli.Interpreters;

/// <summary>One run of an interpreter with a program of ours, in isolated mode and without <c>site</c>.</summary>
internal static class InterpreterRun
{
    /// <summary>A version manager's shim on a slow disk takes a second or two.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc cref="ProgramRun.Run"/>
    /// <param name="program">This program, for <c>_exec</c>.</param>
    /// <param name="path">The interpreter.</param>
    /// <param name="script">The program, and its arguments.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="identity">Who to run it as.</param>
    /// <param name="variables">The environment.</param>
    internal static ProgramOutput Run(
        string program,
        string path,
        IReadOnlyList<string> script,
        ReadOnlySpan<byte> input,
        IdentitySettings identity,
        IReadOnlyDictionary<string, string> variables) =>
        ProgramRun.Run(program, [path, "-I", "-S", "-c", .. script], input, identity, variables, Patience);
}
