using Addergate.Settings.Configuration;
using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>
/// Turns what the user wrote into <see cref="ServerSettings"/>. One resolver for each concern; each notes all of its
/// mistakes and goes on, so that a user sees them together.
/// </summary>
public static class SettingsResolver
{
    /// <param name="commandLine">What the command line wrote.</param>
    /// <param name="known">Mistakes that reading the command line found; they come first.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="configuration">What the configuration file says; its own mistakes come after those of the command line.</param>
    public static SettingsResult Resolve(
        IReadOnlyList<SettingText> commandLine,
        IReadOnlyList<Mistake> known,
        IMachine machine,
        ConfigurationContent? configuration = null)
    {
        configuration ??= ConfigurationContent.None;
        var mistakes = known.Concat(configuration.Mistakes).ToList();
        var warnings = EnvironmentSource.Warnings(machine.Variables).ToList();
        IReadOnlyList<IReadOnlyList<SettingText>> sources =
            [commandLine, EnvironmentSource.Read(machine.Variables), configuration.Texts];
        var values = new SettingValues(sources, mistakes);
        if (!configuration.IsUnderstood)
        {
            // What seems to be missing or not to fit may be in it.
            values.CheckUnread();
            return new SettingsResult(null, mistakes, warnings, null) { Sources = sources };
        }

        var application = ApplicationResolver.Resolve(values, machine, warnings);
        // A machine that serves nothing but files need not have one.
        var needsPython = application.NeedsWorkers || values.Written(ServiceDeclarations.Script) is not null;
        var foundPython = false;
        var python = needsPython
            ? Watch(mistakes, () => PythonResolver.Resolve(values, machine), out foundPython)
            : new PythonSettings { Executable = "", Source = "" };
        var listen = ListenResolver.Resolve(values, machine);
        var proxies = ProxyResolver.Resolve(values, warnings);
        var names = NameResolver.Resolve(values, listen, proxies);
        var workers = WorkerResolver.Resolve(values, machine, warnings);
        if (!application.NeedsWorkers)
        {
            workers = WorkerResolver.None(values, workers, warnings);
        }

        var queue = new QueueSettings
        {
            Limit = values.TryGet(QueueDeclarations.Limit, out var queueLimit) ? queueLimit : null,
            Policy = values.Get(QueueDeclarations.Policy),
        };
        var timeouts = TimeoutResolver.Resolve(values, warnings);
        var clients = ClientResolver.Resolve(values, warnings);
        var limits = LimitResolver.Resolve(values);
        var staticFiles = StaticResolver.Resolve(values, machine, application, warnings);
        var identity = Watch(
            mistakes, () => IdentityResolver.Resolve(values, machine, warnings), out var foundIdentity);
        var probe = foundPython && foundIdentity ? new ProbeTarget(python, identity) : null;
        var serverRoot = ServerRootResolver.Resolve(values, machine, listen, identity);
        var logs = LogResolver.Resolve(values, machine, serverRoot, warnings);
        var services = ServiceResolver.Resolve(values, machine, identity, logs);
        var pidFile = values.TryGet(FileDeclarations.PidFile, out var file)
            ? Paths.Absolute(machine, file)
            : null;
        foreach (var setting in AllSettings.List)
        {
            if (setting.Notice is not null && values.Written(setting) is { } superseded)
            {
                warnings.Add($"{superseded.Origin} has no effect: {setting.Notice}");
            }
        }

        values.CheckUnread();

        if (mistakes.Count > 0)
        {
            return new SettingsResult(null, mistakes, warnings, probe) { Sources = sources };
        }

        var settings = new ServerSettings
        {
            Application = application,
            Python = python,
            Listen = listen,
            Names = names,
            Proxies = proxies,
            Workers = workers,
            Queue = queue,
            Timeouts = timeouts,
            Clients = clients,
            Limits = limits,
            Static = staticFiles,
            Logs = logs,
            Identity = identity,
            Services = services,
            ServerRoot = serverRoot,
            PidFile = pidFile,
        };
        return new SettingsResult(settings, mistakes, warnings, probe) { Sources = sources };
    }

    /// <summary>Resolves one concern and tells whether it had no mistakes.</summary>
    private static T Watch<T>(List<Mistake> mistakes, Func<T> resolve, out bool isRight)
    {
        var before = mistakes.Count;
        var resolved = resolve();
        isRight = mistakes.Count == before;
        return resolved;
    }
}
