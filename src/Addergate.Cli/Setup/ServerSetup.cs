using System.Text;
using Addergate.Cli.Commands;
using Addergate.Cli.Configuration;
using Addergate.Cli.Generated;
using Addergate.Cli.Machines;
using Addergate.Cli.Terminals;
using Addergate.Settings.Configuration;
using Addergate.Settings.Declarations;
using Addergate.Settings.Sources;
using Addergate.Settings.Writing;

namespace Addergate.Cli.Setup;

/// <summary>
/// Writes what a server needs that is started later, by whom and from wherever:
/// <list type="number">
/// <item>the directory, which must be nobody else's;</item>
/// <item>the settings that were resolved, in TOML where there is a Python that reads it;</item>
/// <item>a control script and a file for variables beside them;</item>
/// <item>and tries the settings as the control script will find them.</item>
/// </list>
/// </summary>
internal static class ServerSetup
{
    private const string Origin = "the set-up's own";

    /// <returns>The exit status.</returns>
    internal static int Run(PlannedServer planned, LocalMachine machine, Layout layout)
    {
        if (planned.Settings is not { } settings)
        {
            MistakeReport.Write(StandardStream.Error, planned.Mistakes, ", nothing was written");
            return ExitStatus.Usage;
        }

        // 1
        var place = new SetupPlace(settings.ServerRoot, ConfigurationFinder.TomlName);
        place = place with { PidFile = settings.PidFile ?? place.PidFile };
        if (place.Prepare() is { } problem)
        {
            StandardStream.Error.Write($"{StandardStream.Error.Style.Error("addergate:")} {TerminalText.Clean(problem)}\n");
            return ExitStatus.Failure;
        }

        // 2
        var later = new LocalMachine(LaterEnvironment.After(machine.Variables));
        var tables = planned.Result.Applications
            .Select((table, index) => SettingsToWrite.ForApplication(
                settings.Applications[index].Application, planned.InForceIn(table), planned.Interpreters[index]?.Executable))
            .ToArray();
        var written = (tables.Length == 0
            ? SettingsToWrite.From(settings, planned.InForce, planned.Interpreters[0]?.Executable)
            : SettingsToWrite.ForServer(settings, planned.InForce)).With(Own(planned, place));
        var toml = ConfigurationText.Toml(
            written,
            [
                "The settings of this server, as addergate setup-server found them.",
                "After a change: addergatectl graceful. Every setting: docs/reference/settings.md",
            ],
            tables);
        var isToml = CanRead(new ConfigurationFile(
            place.ConfigurationFile, place.ConfigurationName, ConfigurationFormat.Toml, Encoding.UTF8.GetBytes(toml)), later, layout);
        place = isToml ? place : place with { ConfigurationName = ConfigurationFinder.JsonName };

        // 3
        var outcomes = FileKeeper.Write(
            [
                new(place.ConfigurationFile, isToml ? toml : ConfigurationText.Json(written, tables), "the settings")
                {
                    Mode = GeneratedFile.Private,
                },
                new(place.EnvironmentFile, EnvironmentScript.Text, "variables") { Mode = GeneratedFile.Private },
                new(place.ControlScript, ControlScript.Write(place, machine.ProgramAsInvoked(layout)), "starts and stops it")
                {
                    Mode = GeneratedFile.Program,
                },
            ],
            place.Record);

        // 4
        var tried = ServerPlanning.Plan(
            CommandLineReader.Read([FileDeclarations.Configuration.Option, place.ConfigurationFile]), later, layout);
        StandardStream.Output.Write(SetupReport.Write(tried.Settings ?? settings, place, outcomes, StandardStream.Output.Style));
        MistakeReport.WriteWarnings(StandardStream.Error, tried.Warnings);
        if (tried.Settings is null)
        {
            MistakeReport.Write(StandardStream.Error, tried.Mistakes, $" in {place.ConfigurationFile}");
            return ExitStatus.Usage;
        }

        return ExitStatus.Success;
    }

    /// <summary>Settings that a server in a place of its own has: files there, unless others were named.</summary>
    private static WrittenSetting[] Own(PlannedServer planned, SetupPlace place)
    {
        var own = new List<WrittenSetting>
        {
            new(FileDeclarations.ServerRoot, [place.State], Origin, false),
            new(FileDeclarations.PidFile, [place.PidFile], Origin, false),
        };
        var chosen = planned.InForce.Any(static setting => !setting.IsDefault
            && (setting.Setting == LogDeclarations.Directory || setting.Setting == LogDeclarations.ToTerminal));
        if (!chosen)
        {
            own.Add(new(LogDeclarations.Directory, [place.Logs], Origin, false));
        }

        return [.. own];
    }

    private static bool CanRead(ConfigurationFile file, LocalMachine later, Layout layout) =>
        TomlReading.Read(file, ReadingChoice.For(file, [], later), layout, later.Variables).Content.IsUnderstood;
}
