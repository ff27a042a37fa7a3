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
            return new SettingsResult(null, mistakes, warnings, []) { Sources = sources };
        }

        var hosted = new ApplicationsResolver(sources, mistakes, machine, warnings);
        var applications = hosted.Resolve(values, configuration.Applications);
        var listen = ListenResolver.Resolve(values, machine);
        var proxies = ProxyResolver.Resolve(values, warnings);
        var names = NameResolver.Resolve(values, listen, proxies, warnings);
        var timeouts = TimeoutResolver.Resolve(values, warnings);
        var clients = ClientResolver.Resolve(values, warnings);
        var limits = LimitResolver.Resolve(values);
        var staticFiles = StaticResolver.Resolve(values, machine, applications[0].Application, warnings);
        var errorPages = ErrorPageResolver.Resolve(values, machine, warnings);
        var forwarding = ForwardResolver.Resolve(values, applications, names, clients, staticFiles, warnings);
        var identity = IdentityResolver.Resolve(values, machine, warnings);
        var access = AccessResolver.Resolve(values, machine, names, applications[0], identity, warnings);
        var serverRoot = ServerRootResolver.Resolve(values, machine, listen, identity);
        var logs = LogResolver.Resolve(values, machine, serverRoot, warnings);
        var telemetry = TelemetryResolver.Resolve(values, listen, warnings);
        var development = DevelopmentResolver.Resolve(values, machine, applications, serverRoot, warnings);
        if (development.DebugMode && applications[0].Application.NeedsWorkers)
        {
            applications = [DevelopmentResolver.Debugged(values, applications[0], warnings)];
            timeouts = DevelopmentResolver.Patient(values, timeouts);
        }

        var services = ServiceResolver.Resolve(values, machine, identity, logs);
        RootResolver.WarnOfCompany(
            access.Application is { } asked ? [.. applications, asked] : applications, services, warnings);
        var pidFile = values.TryGet(FileDeclarations.PidFile, out var file)
            ? NewFile.Check(values, machine, file, values.Written(FileDeclarations.PidFile)!.Origin, serverRoot)
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
            return Result(null);
        }

        var settings = new ServerSettings
        {
            Applications = applications,
            Listen = listen,
            Names = names.ServerName is null
                ? names
                : names with { Aliases = [.. names.Aliases, .. applications.SelectMany(static hosted => hosted.Hosts)] },
            Proxies = proxies,
            Access = access,
            Timeouts = timeouts,
            Clients = clients,
            Limits = limits,
            Static = staticFiles,
            ErrorPages = errorPages,
            Forwarding = forwarding,
            Logs = logs,
            Telemetry = telemetry,
            Development = development,
            Identity = identity,
            Services = services,
            ServerRoot = serverRoot,
            PidFile = pidFile,
        };
        return Result(settings);

        SettingsResult Result(ServerSettings? settings) => new(settings, mistakes, [.. warnings.Distinct()], hosted.Probes)
        {
            Sources = sources,
            Certificates = listen.Tls.NamesFiles ? new CertificateTarget(listen.Tls, names.ServerName) : null,
            Applications = configuration.Applications,
        };
    }
}
