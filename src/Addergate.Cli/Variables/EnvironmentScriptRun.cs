using Addergate.Cli.Programs;
using Addergate.Posix.Identity;
using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;

namespace Addergate.Cli.Variables;

/// <summary>Has a shell read the script of <c>--envvars-script</c>, as the user of the application, and compares what it exports
/// with what it was given.</summary>
internal static class EnvironmentScriptRun
{
    /// <summary>Such a script may ask a service for a password.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // What the script prints comes before it, and is shown.
    private const string Mark = "\0addergate-environment\0";

    // More than this of what it prints is not for the first lines of a server.
    private const int MostLines = 5;

    private const string Program =
        """
        if ! [ -r "$1" ]; then echo "it cannot be read"; exit 1; fi
        . "$1"
        printf '\000addergate-environment\000'
        exec /usr/bin/env -0
        """;

    // The shell's own.
    private static readonly string[] OfShells = ["_", "SHLVL", "PWD", "OLDPWD"];

    /// <summary>Blocks until the script has ended. Must not run beside anything that reaps children.</summary>
    /// <param name="program">This program, for <c>_exec</c>.</param>
    /// <param name="script">The script.</param>
    /// <param name="identity">Who the application runs as.</param>
    /// <param name="variables">The environment that the server was started with.</param>
    /// <param name="warnings">Takes what the script printed: of a command that failed nothing else is seen.</param>
    /// <param name="mistake">Why there are none.</param>
    /// <returns>The variables that it sets, and with null those that it removes.</returns>
    internal static IReadOnlyDictionary<string, string?> Run(
        string program,
        EnvironmentScript script,
        IdentitySettings identity,
        IReadOnlyDictionary<string, string> variables,
        List<string> warnings,
        out Mistake? mistake)
    {
        var given = new Dictionary<string, string>(variables);
        if (identity.UserId is { } user)
        {
            LoginVariables.Set(given, user);
        }

        string[] command = [script.Shell, "-c", Program, script.Shell, script.Path];
        var output = ProgramRun.Run(program, command, [], identity, given, Patience);
        mistake = null;
        if (output.Text?.LastIndexOf(Mark, StringComparison.Ordinal) is >= 0 and var end)
        {
            warnings.AddRange(Printed(script, output.Text[..end]));
            return Changes(given, Parse(output.Text[(end + Mark.Length)..]));
        }

        var option = ScriptDeclarations.Environment.Option;
        mistake = output switch
        {
            { RunProblem: { } problem } => new Mistake(
                $"{option}: {script.Shell} cannot be run{(output.AsSomebodyElse ? $" as {identity.UserName}" : "")}: {problem}", null),
            { Text: { } text } => new Mistake(
                $"{option}: {script.Path} ended before its end{Said(text)}", "it is read by the shell, not run: leave exit out"),
            _ => new Mistake($"{option}: {script.Path} did not end within {Patience.TotalSeconds:0} s", null),
        };
        return new Dictionary<string, string?>();
    }

    private static string Said(string text) => Lines(text) is [.., var last] ? $" ({last})" : "";

    private static IEnumerable<string> Printed(EnvironmentScript script, string text)
    {
        var lines = Lines(text);
        var said = $"{ScriptDeclarations.Environment.Option}: {script.Path} printed";
        foreach (var line in lines.Take(MostLines))
        {
            yield return $"{said}: {line}";
        }

        if (lines.Length > MostLines)
        {
            yield return $"{said} {lines.Length - MostLines} more lines";
        }
    }

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Dictionary<string, string> Parse(string text)
    {
        var exported = new Dictionary<string, string>();
        foreach (var entry in text.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.IndexOf('=') is > 0 and var equals)
            {
                exported[entry[..equals]] = entry[(equals + 1)..];
            }
        }

        return exported;
    }

    private static Dictionary<string, string?> Changes(
        Dictionary<string, string> given, Dictionary<string, string> exported)
    {
        var changes = new Dictionary<string, string?>();
        foreach (var (name, value) in exported)
        {
            if (!given.TryGetValue(name, out var before) || before != value)
            {
                changes[name] = value;
            }
        }

        foreach (var name in given.Keys.Where(name => !exported.ContainsKey(name)))
        {
            changes[name] = null;
        }

        foreach (var name in OfShells)
        {
            changes.Remove(name);
        }

        return changes;
    }
}
