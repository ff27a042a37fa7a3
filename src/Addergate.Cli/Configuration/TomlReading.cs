using Addergate.Cli.Interpreters;
using Addergate.Settings.Configuration;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;

namespace Addergate.Cli.Configuration;

/// <summary>
/// Has a Python read a TOML file. The same run asks that Python what it is: when it turns out to be the application's own,
/// as it mostly is, it need not be asked a second time.
/// </summary>
/// <param name="Content">What the file says.</param>
/// <param name="Asked">What each interpreter said about itself that was run, by its path.</param>
/// <param name="AskedAs">Who they were run as.</param>
internal sealed record TomlReading(
    ConfigurationContent Content, IReadOnlyDictionary<string, InterpreterAnswer> Asked, IdentitySettings AskedAs)
{
    private const int MostTold = 3;

    private const string Mark = "addergate configuration 1";

    /// <summary>Follows <see cref="ProbeScript"/>; older Pythons must be able to read it, and do nothing.</summary>
    private const string Bridge =
        $$"""

        if sys.version_info >= (3, 11):
            os.write(1, b"{{Mark}}\n")
            exec(sys.argv[1])

        """;

    internal static TomlReading Read(
        ConfigurationFile file, ReadingChoice choice, Layout layout, IReadOnlyDictionary<string, string> variables)
    {
        var asked = new Dictionary<string, InterpreterAnswer>();
        string[] section = file.Format == ConfigurationFormat.PyProject ? ["tool", "addergate"] : [];
        string[] script = [ProbeScript.Text + Bridge, File.ReadAllText(layout.TomlReader), .. section];
        var tried = new List<string>();
        foreach (var interpreter in choice.Interpreters)
        {
            var output = InterpreterRun.Run(layout.Program, interpreter, script, file.Content, choice.Identity, variables);
            asked[interpreter] = InterpreterProbe.Answer(interpreter, choice.Identity, output);
            if (output.Text is not { } text || text.IndexOf(Mark + "\n", StringComparison.Ordinal) is not (>= 0 and var at))
            {
                tried.Add($"{interpreter}: {output.RunProblem ?? asked[interpreter].Interpreter?.Version ?? "no Python"}");
                continue;
            }

            var answer = text[(at + Mark.Length + 1)..];
            if (answer.StartsWith('{'))
            {
                return new TomlReading(TomlAnswer.Read(answer, file), asked, choice.Identity);
            }

            // A Python that lacks a part of its library.
            tried.Add($"{interpreter}: {answer.TrimEnd().Split('\n')[^1]}");
        }

        // Root reads it as nobody while it is not known who the application runs as.
        var who = choice.Identity.UserName is { } user ? $" that {user} can run" : "";
        return new TomlReading(
            ConfigurationContent.Wrong(new Mistake(
                $"{file.Name} is read by Python 3.11 or later, and none{who} was found"
                + (tried.Count > 0 ? $" ({string.Join("; ", tried.Take(MostTold))})" : ""),
                $"install one, or write the same settings in {ConfigurationFinder.JsonName}")),
            asked,
            choice.Identity);
    }
}
