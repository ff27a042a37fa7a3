using Addergate.Cli.Commands;
using Addergate.Cli.Generated;
using Addergate.Cli.Machines;
using Addergate.Cli.Terminals;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Sources;

namespace Addergate.Cli.Systemd;

/// <summary>
/// Installs a service:
/// <list type="number">
/// <item>finds out what is to run, and every mistake (<see cref="ServicePlanning"/>);</item>
/// <item>writes the files, or prints them;</item>
/// <item>has systemd look at them.</item>
/// </list>
/// </summary>
internal static class ServiceInstallation
{
    internal const string Output = "--output";
    internal const string Root = "--root";
    internal const string Writable = "--writable";
    internal const string DryRun = "--dry-run";
    internal const string SocketActivation = "--socket-activation";

    internal static OwnOptions Options { get; } = new()
    {
        Flags = [DryRun, SocketActivation],
        Values = [Output, Root, Writable],
        IsName = static word => ServiceName.IsName(word) && !File.Exists(word),
    };

    /// <returns>The exit status.</returns>
    internal static int Run(CommandLine line, LocalMachine machine, Layout layout)
    {
        // 1
        var mistakes = new List<Mistake>();
        var folders = Folders(line, machine, mistakes);
        var plan = ServicePlanning.Plan(line, machine, layout, mistakes, out var warnings);
        if (plan is null)
        {
            MistakeReport.Write(StandardStream.Error, mistakes, ", nothing was written");
            return ExitStatus.Usage;
        }

        MistakeReport.WriteWarnings(StandardStream.Error, warnings);

        // 2
        var files = ServiceFiles.Of(plan, folders);
        if (line.Flags.Contains(DryRun))
        {
            StandardStream.Output.Write(string.Join('\n', files.Select(static file => $"==> {file.Path} <==\n{file.Text}")));
            return ExitStatus.Success;
        }

        IReadOnlyList<(GeneratedFile File, FileOutcome Outcome)> outcomes;
        try
        {
            ServiceFolders.MakeFor(files.Select(static file => file.Path).Append(folders.Record(plan.Name)));
            outcomes = FileKeeper.Write(files, folders.Record(plan.Name));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            StandardStream.Error.Write($"{StandardStream.Error.Style.Error("addergate:")} {TerminalText.Clean(refused.Message)} "
                + $"Run it as root, or write elsewhere with {Output} DIRECTORY.\n");
            return ExitStatus.Failure;
        }

        // 3
        var check = UnitCheck.Run([folders.Unit($"{plan.Name}.service"), .. plan.SocketUnits.Select(folders.Unit)]);
        StandardStream.Output.Write(ServiceReport.Write(plan, folders, outcomes, check, StandardStream.Output.Style));
        return check.Complaints is { Count: > 0 } ? ExitStatus.Failure : ExitStatus.Success;
    }

    private static ServiceFolders Folders(CommandLine line, LocalMachine machine, List<Mistake> mistakes)
    {
        var output = Last(line, Output);
        var root = Last(line, Root);
        if (output is not null && root is not null)
        {
            mistakes.Add(new Mistake($"{Output} and {Root} both say where to write", "give one of them"));
        }

        return new ServiceFolders(
            output is null ? null : Path.GetFullPath(output, machine.CurrentDirectory),
            root is null ? "" : Path.GetFullPath(root, machine.CurrentDirectory).TrimEnd('/'));
    }

    private static string? Last(CommandLine line, string option) =>
        line.Values.LastOrDefault(value => value.Option == option).Value;
}
