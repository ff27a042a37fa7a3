using System.Runtime.CompilerServices;
using Addergate.Cli.Banner;
using Addergate.Cli.Certificates;
using Addergate.Cli.Configuration;
using Addergate.Cli.Machines;
using Addergate.Cli.Setup;
using Addergate.Cli.Terminals;
using Addergate.Settings.Declarations;
using Addergate.Settings.Reference;
using Addergate.Settings.Sources;
using Addergate.Supervisor;
using Addergate.Supervisor.Handover;

namespace Addergate.Cli.Commands;

/// <summary>
/// <c>addergate start-server [ENTRY] [options]</c>: finds out what is asked for, then reports every mistake and starts
/// nothing, or becomes the supervisor.
/// </summary>
internal static class StartServerCommand
{
    internal static async Task<int> RunAsync(string[] arguments)
    {
        var machine = new LocalMachine();
        // The arguments themselves stay as they are: an upgrade reads them anew.
        var line = CommandLineReader.Read(ArgumentVariables.Expand(arguments, machine.Variables));
        if (line.HelpAsked)
        {
            StandardStream.Output.Write(StartServerHelp.Write(StandardStream.Output.Width, StandardStream.Output.Style));
            return ExitStatus.Success;
        }

        Predecessor.KeepToSelf(machine.Variables);
        var layout = new Layout(AppContext.BaseDirectory);
        var start = ServerPlanning.Plan(line, machine, layout);
        if (start.Asks(FileDeclarations.SetupOnly))
        {
            return Setup(start, machine, layout);
        }

        if (start.Settings is not { } settings)
        {
            MistakeReport.Write(StandardStream.Error, start.Mistakes);
            Predecessor.Refuse(machine.Variables, string.Join('\n', start.Mistakes));
            return ExitStatus.Usage;
        }

        if (DevelopmentCertificate.Ensure(settings.Listen.Tls, TimeProvider.System) is { } unkept)
        {
            MistakeReport.Write(StandardStream.Error, [unkept]);
            Predecessor.Refuse(machine.Variables, unkept.ToString());
            return ExitStatus.Usage;
        }

        MistakeReport.WriteWarnings(StandardStream.Error, start.Warnings);
        var plan = new SupervisorPlan
        {
            Settings = settings,
            ConfigurationFile = start.ConfigurationFile,
            HasPassingRoot = start.IsDefault(FileDeclarations.ServerRoot),
            Executable = layout.Program,
            InvokedAs = machine.InvokedAs ?? layout.Program,
            Arguments = ["start-server", .. arguments],
            Applications = [.. start.Plans],
            BootstrapScript = layout.Bootstrap,
            Environment = machine.Variables,
            ServerSoftware = $"Addergate/{ProductVersion.Text}",
            ColourTerminal = StandardStream.Error.Style.Colour,
        };
        using var events = new StartEvents(
            new StartBanner(settings, start.Interpreters, start.ConfigurationFile, StandardStream.Error.Style), settings);
        return await SupervisorRole.RunAsync(plan, events).ConfigureAwait(false);
    }

    // Not inlined, so that a start loads nothing of it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Setup(PlannedServer planned, LocalMachine machine, Layout layout) =>
        ServerSetup.Run(planned, machine, layout);
}
