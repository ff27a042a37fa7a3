using Addergate.Cli.Programs;
using Addergate.Settings.Model;

namespace Addergate.Cli.Interpreters;

/// <summary>Runs an interpreter once to ask it what it is.</summary>
internal static class InterpreterProbe
{
    /// <summary>Blocks until the interpreter has answered. Must not run beside anything that reaps children.</summary>
    /// <param name="program">This program, for <c>_exec</c>.</param>
    /// <param name="path">The interpreter.</param>
    /// <param name="identity">Who the application runs as.</param>
    /// <param name="variables">The environment.</param>
    internal static InterpreterAnswer Ask(
        string program, string path, IdentitySettings identity, IReadOnlyDictionary<string, string> variables) =>
        Answer(path, identity, InterpreterRun.Run(program, path, [ProbeScript.Text], [], identity, variables));

    /// <summary>What an interpreter said that was run with a program that begins with <see cref="ProbeScript"/>.</summary>
    internal static InterpreterAnswer Answer(string path, IdentitySettings identity, ProgramOutput output) => output switch
    {
        { Text: { } text } => InterpreterJudge.Judge(path, text),
        { AsSomebodyElse: true } => InterpreterAnswer.Wrong(
            $"{path} cannot be run as {identity.UserName}: {output.RunProblem}",
            "that user needs to reach and execute it, or name another one with --python"),
        { RunProblem: { } problem } => InterpreterAnswer.Wrong(
            $"{path} cannot be run: {problem}", "name a Python for this machine with --python"),
        _ => InterpreterAnswer.Wrong(
            $"{path} did not say within {InterpreterRun.Patience.TotalSeconds:0} s which Python it is",
            "name another one with --python"),
    };
}
