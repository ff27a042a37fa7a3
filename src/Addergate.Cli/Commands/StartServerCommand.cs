using Addergate.Cli.Banner;
using Addergate.Cli.Certificates;
using Addergate.Cli.Interpreters;
using Addergate.Cli.Machines;
using Addergate.Cli.Terminals;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Reference;
using Addergate.Settings.Resolution;
using Addergate.Settings.Sources;
using Addergate.Supervisor;
using Addergate.Supervisor.Handover;

namespace Addergate.Cli.Commands;

/// <summary>
/// <c>addergate start-server [ENTRY] [options]</c>:
/// <list type="number">
/// <item>read the command line and the environment, and resolve them into settings;</item>
/// <item>ask the interpreter what it is, while the certificate is looked at;</item>
/// <item>report every mistake of both together, and start nothing;</item>
/// <item>or become the supervisor.</item>
/// </list>
/// </summary>
internal static class StartServerCommand
{
    internal static async Task<int> RunAsync(string[] arguments)
    {
        // 1
        var line = CommandLineReader.Read(arguments);
        if (line.HelpAsked)
        {
            StandardStream.Output.Write(StartServerHelp.Write(StandardStream.Output.Width, StandardStream.Output.Style));
            return ExitStatus.Success;
        }

        var machine = new LocalMachine();
        Predecessor.KeepToSelf(machine.Variables);
        var result = SettingsResolver.Resolve(line.Texts, line.Mistakes, machine);
        var mistakes = result.Mistakes.ToList();

        var tooFewFiles = OpenFileCheck.Find();
        if (tooFewFiles is not null)
        {
            mistakes.Add(tooFewFiles);
        }

        // 2
        var certificate = result.Settings is { Listen.HttpsPort: not null } secure
            ? Task.Run(() => CertificateCheck.Find(secure.Listen))
            : Task.FromResult<Mistake?>(null);
        var layout = new Layout(AppContext.BaseDirectory);
        var answer = result.Probe is { } probe && tooFewFiles is null
            ? InterpreterProbe.Ask(layout.Program, probe.Python.Executable, probe.Identity, machine.Variables)
            : null;

        // 3
        if ((answer?.Mistake ?? answer?.Interpreter?.MistakeFor(result.Probe!.Python)) is { } unfit)
        {
            mistakes.Add(unfit);
        }

        if (await certificate.ConfigureAwait(false) is { } unusable)
        {
            mistakes.Add(unusable);
        }

        if (mistakes.Count > 0 || result.Settings is not { } settings || answer?.Interpreter is not { } interpreter)
        {
            MistakeReport.Write(StandardStream.Error, mistakes);
            Predecessor.Refuse(machine.Variables, string.Join('\n', mistakes));
            return ExitStatus.Usage;
        }

        // 4
        MistakeReport.WriteWarnings(StandardStream.Error, result.Warnings);
        var plan = new SupervisorPlan
        {
            Settings = settings,
            Executable = layout.Program,
            InvokedAs = machine.InvokedAs ?? layout.Program,
            Arguments = ["start-server", .. arguments],
            PythonExecutable = interpreter.Executable,
            BootstrapScript = layout.Bootstrap,
            Environment = machine.Variables,
            ServerSoftware = $"Addergate/{ProductVersion.Text}",
            ColourTerminal = StandardStream.Error.Style.Colour,
        };
        using var events = new StartEvents(
            new StartBanner(settings, interpreter, StandardStream.Error.Style), settings);
        return await SupervisorRole.RunAsync(plan, events).ConfigureAwait(false);
    }
}
