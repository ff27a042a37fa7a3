using System.Runtime.CompilerServices;
using Addergate.Cli.Certificates;
using Addergate.Cli.Machines;
using Addergate.Cli.Variables;
using Addergate.Settings.Configuration;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
using Addergate.Settings.Resolution;
using Addergate.Settings.Sources;

namespace Addergate.Cli.Configuration;

/// <summary>
/// Finds out what server is asked for, and whether there can be one. Starts nothing that stays.
/// <list type="number">
/// <item>read the configuration file, if there is one;</item>
/// <item>resolve the command line, the environment and the file into settings;</item>
/// <item>ask the interpreters what they are, but for one that has read the file, while the certificate is looked at;</item>
/// <item>put the mistakes of all of this together;</item>
/// <item>when there are none, have a shell read the scripts that set variables.</item>
/// </list>
/// </summary>
internal static class ServerPlanning
{
    /// <summary>Blocks while the interpreter answers: nothing else is there yet that could go on.</summary>
    internal static PlannedServer Plan(CommandLine line, LocalMachine machine, Layout layout)
    {
        // 1
        var known = line.Mistakes.ToList();
        var file = ConfigurationFinder.Find(line.Texts, machine, known);
        if (OpenFileCheck.Find() is { } tooFewFiles)
        {
            known.Add(tooFewFiles);
        }

        TomlReading? reading = null;
        var content = known.Count > line.Mistakes.Count
            ? ConfigurationContent.Unknown
            : file is null ? ConfigurationContent.None : Read(file, line, machine, layout, out reading);

        // 2
        var result = SettingsResolver.Resolve(line.Texts, known, machine, content);
        var mistakes = result.Mistakes.ToList();

        // 3
        var certificate = result.Certificates is { } target
            ? Task.Run(() => CertificateCheck.Of(target, TimeProvider.System))
            : null;
        var interpreters = new InterpreterRound(reading, machine, layout).Ask(result.Probes, mistakes);

        // 4
        var warnings = result.Warnings.ToList();
        if (file is not null && ConfigurationTrust.FindConcern(file.Path, machine.EffectiveUserId) is { } concern)
        {
            warnings.Add(concern);
        }

        if (certificate?.GetAwaiter().GetResult() is { } check)
        {
            mistakes.AddRange(check.Mistakes);
            warnings.AddRange(check.Warnings);
        }

        // 5
        var variables = new List<IReadOnlyDictionary<string, string?>>();
        foreach (var hosted in (mistakes.Count == 0 ? result.Settings?.Applications : null) ?? [])
        {
            variables.Add(Variables(hosted, machine, layout, warnings, mistakes));
        }

        var isRight = mistakes.Count == 0;
        return new PlannedServer(
            isRight ? result.Settings : null,
            isRight ? interpreters : [],
            mistakes,
            result with { Warnings = warnings },
            machine.CurrentDirectory,
            file?.Path,
            variables);
    }

    private static IReadOnlyDictionary<string, string?> Variables(
        HostedApplication hosted, LocalMachine machine, Layout layout, List<string> warnings, List<Mistake> mistakes)
    {
        if (hosted.Application.EnvironmentScript is not { } script)
        {
            return new Dictionary<string, string?>();
        }

        var variables = EnvironmentScriptRun.Run(
            layout.Program, script, hosted.Identity, machine.Variables, warnings, out var failed);
        mistakes.AddRange(failed is null ? [] : [failed]);
        return variables;
    }

    // Not inlined, so that a start without a file loads nothing of what reads one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ConfigurationContent Read(
        ConfigurationFile file, CommandLine line, LocalMachine machine, Layout layout, out TomlReading? reading)
    {
        reading = null;
        if (file.Content.Length == 0)
        {
            return ConfigurationContent.None;
        }

        if (file.Format == ConfigurationFormat.Json)
        {
            return JsonSource.Read(file);
        }

        var choice = ReadingChoice.For(file, line.Texts, machine);
        reading = TomlReading.Read(file, choice, layout, machine.Variables);
        return reading.Content;
    }
}
