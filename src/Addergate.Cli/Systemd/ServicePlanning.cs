using Addergate.Cli.Configuration;
using Addergate.Cli.Interpreters;
using Addergate.Cli.Machines;
using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;
using Addergate.Settings.Writing;

namespace Addergate.Cli.Systemd;

/// <summary>
/// Finds out what a service is to run. What was written is resolved twice: as it stands, and again as systemd will start it,
/// with the service's own directories and without this shell's environment.
/// </summary>
internal static class ServicePlanning
{
    private const string Origin = "the service's own";

    /// <summary>Null with what is wrong.</summary>
    internal static ServicePlan? Plan(
        CommandLine line, LocalMachine machine, Layout layout, List<Mistake> mistakes, out IReadOnlyList<string> warnings)
    {
        var name = line.Name ?? ServiceName.From(machine.CurrentDirectory);
        string[] directories =
        [
            ServicePlan.StateDirectory(name), ServicePlan.RuntimeDirectory(name), ServicePlan.LogsDirectory(name),
        ];
        var planned = ServerPlanning.Plan(line, new LocalMachine(laterDirectories: directories), layout);
        warnings = [];
        mistakes.AddRange(planned.Mistakes);
        Check(name, planned, machine, mistakes);
        var writable = Writable(line, machine, mistakes);
        if (mistakes.Count > 0 || planned.Settings is not { } asked)
        {
            return null;
        }

        // Several applications stand in a file, and stay there.
        var written = (planned.Result.Applications.Count == 0
            ? SettingsToWrite.From(asked, planned.InForce, planned.Interpreters[0]?.Executable)
            : SettingsToWrite.ForServer(asked, planned.InForce)).With(Own(name, planned));
        var later = new LocalMachine(LaterEnvironment.After(machine.Variables), directories);
        var again = ServerPlanning.Plan(CommandLineReader.Read([.. Words(written, planned).SelectMany(static word => word)]), later, layout);
        warnings = again.Warnings;
        mistakes.AddRange(again.Mistakes);
        if (again.Settings is not { } settings)
        {
            return null;
        }

        var reason = ServiceIdentity.WhyRoot(settings, planned.InForce, machine);
        var (user, group) = ServiceIdentity.Of(settings, machine);
        if (reason is null)
        {
            // The unit says it.
            written = [.. written.Where(static setting => setting.Setting != IdentityDeclarations.User
                && setting.Setting != IdentityDeclarations.Group)];
        }

        var plan = new ServicePlan
        {
            Name = name,
            Settings = settings,
            Application = string.Join(", ", settings.Applications.Select(static one => Described(one.Application))),
            Program = machine.ProgramAsInvoked(layout),
            Words = Words(written, planned),
            User = user,
            Group = group,
            RootReason = reason,
            IsSocketActivated = line.Flags.Contains(ServiceInstallation.SocketActivation),
            Needed = [.. Needed(settings, planned, layout)],
        };
        plan = plan with { Writable = [.. writable.Concat(Elsewhere(plan, directories)).Distinct()] };
        return CanBeSaid(plan, mistakes) ? plan : null;
    }

    private static void Check(string name, PlannedServer planned, LocalMachine machine, List<Mistake> mistakes)
    {
        if (ServiceName.OfPackage(name) is { } unit)
        {
            mistakes.Add(new Mistake($"there is a service {name} already: {unit}", "give the service another NAME"));
        }

        if (planned.Settings is not { } settings)
        {
            return;
        }

        if (settings.Main.Application.Type == ApplicationType.Welcome)
        {
            mistakes.Add(new Mistake(
                "there is no application to serve", $"name it after the service: addergate install-service {name} mysite.wsgi"));
        }

        if (settings.Listen is { Port: 0 } && settings.Listen.UnixSocket() is null || settings.Listen.HttpsPort == 0)
        {
            mistakes.Add(new Mistake("a service needs a port that stays the same", "name one instead of 0"));
        }

        if (machine.EffectiveUserId == 0 && settings.Identity.UserName is null)
        {
            mistakes.Add(new Mistake(
                "it is not said who the application runs as",
                $"add {IdentityDeclarations.User.Option} NAME, as www-data or a user made for it"));
        }
    }

    private static List<string> Writable(CommandLine line, LocalMachine machine, List<Mistake> mistakes)
    {
        var found = new List<string>();
        foreach (var (_, value) in line.Values.Where(static value => value.Option == ServiceInstallation.Writable))
        {
            var path = Path.GetFullPath(value, machine.CurrentDirectory);
            if (!Path.Exists(path))
            {
                mistakes.Add(new Mistake($"{ServiceInstallation.Writable}: there is no directory {path}", "make it first"));
            }

            found.Add(path);
        }

        return found;
    }

    /// <summary>The places of a service, unless others were named.</summary>
    private static WrittenSetting[] Own(string name, PlannedServer planned)
    {
        var own = new List<WrittenSetting>();
        Add(FileDeclarations.ServerRoot, $"{ServicePlan.StateDirectory(name)}/run");
        Add(FileDeclarations.PidFile, $"{ServicePlan.RuntimeDirectory(name)}/addergate.pid");
        if (!IsWritten(LogDeclarations.ToTerminal))
        {
            Add(LogDeclarations.Directory, ServicePlan.LogsDirectory(name));
        }

        return [.. own];

        void Add(Setting setting, string text)
        {
            if (!IsWritten(setting))
            {
                own.Add(new WrittenSetting(setting, [text], Origin, false));
            }
        }

        bool IsWritten(Setting setting) =>
            planned.InForce.Any(written => written.Setting == setting && !written.IsDefault);
    }

    private static IReadOnlyList<IReadOnlyList<string>> Words(IReadOnlyList<WrittenSetting> written, PlannedServer planned)
    {
        var words = CommandLineWords.Of(written);
        return planned.ConfigurationFile is { } file ? [.. words, [FileDeclarations.Configuration.Option, file]] : words;
    }

    private static string Described(ApplicationSettings application) =>
        application.Type == ApplicationType.Module ? $"{application.Entry}:{application.Callable}" : application.Entry;

    /// <summary>Whatever looks like a path in the settings may be one; a URL that is taken for one does no harm.</summary>
    private static IEnumerable<string> Needed(ServerSettings settings, PlannedServer planned, Layout layout)
    {
        var texts = planned.InForce
            .Concat(planned.Result.Applications.SelectMany(planned.InForceIn))
            .SelectMany(static setting => setting.Portable)
            .SelectMany(static text => (string[])[text, text[(text.IndexOf('=') + 1)..]]);
        foreach (var path in texts.Concat(settings.Applications.Select(static one => one.Application.Entry))
            .Concat(settings.Applications.Select(static one => one.Application.WorkingDirectory)))
        {
            if (path.StartsWith('/'))
            {
                yield return path;
            }
        }

        yield return layout.Program;
        if (planned.ConfigurationFile is { } configuration)
        {
            yield return configuration;
        }

        foreach (var interpreter in planned.Interpreters.OfType<Interpreter>())
        {
            yield return interpreter.Executable;
            yield return Real(interpreter.Executable);
        }
    }

    /// <summary>A virtual environment links to the Python that it was made with.</summary>
    private static string Real(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    /// <summary>Directories of the server's that are none of the service's own.</summary>
    private static IEnumerable<string> Elsewhere(ServicePlan plan, IEnumerable<string> own)
    {
        var settings = plan.Settings;
        return new[] { settings.ServerRoot, Path.GetDirectoryName(settings.PidFile), Path.GetDirectoryName(settings.Listen.UnixSocket()) }
            .Concat(settings.Applications.Select(static one => one.Python.EggCache))
            .Concat(plan.LogFiles.Select(Path.GetDirectoryName))
            .OfType<string>()
            .Where(path => !own.Any(directory => path == directory || path.StartsWith(directory + "/", StringComparison.Ordinal)));
    }

    private static bool CanBeSaid(ServicePlan plan, List<Mistake> mistakes)
    {
        mistakes.AddRange(plan.Words.SelectMany(static words => words)
            .Concat([plan.Program, .. plan.Writable, .. plan.LogFiles, plan.Settings.ServerRoot])
            .Concat([plan.Settings.Main.Application.WorkingDirectory])
            .Where(static text => !UnitText.CanSay(text))
            .Distinct()
            .Select(static text => new Mistake($"\"{text}\" has control characters in it", "a unit file cannot say that")));
        return mistakes.Count == 0;
    }
}
