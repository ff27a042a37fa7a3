using Addergate.Settings.Configuration;
using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>
/// The applications of a server: the one that the settings are about, or those of the tables in the configuration file. What
/// is written beside the tables counts for each of them that does not say otherwise.
/// </summary>
internal sealed class ApplicationsResolver(
    IReadOnlyList<IReadOnlyList<SettingText>> sources, List<Mistake> mistakes, IMachine machine, List<string> warnings)
{
    // Each has processes of its own; the wire knows 1024.
    private const int Most = 250;

    private readonly List<HostedApplication> _applications = [];
    private readonly List<ProbeTarget?> _probes = [];

    /// <summary>The interpreter of each; null where it or the identity is wrong.</summary>
    public IReadOnlyList<ProbeTarget?> Probes => _probes;

    internal IReadOnlyList<HostedApplication> Resolve(SettingValues server, IReadOnlyList<ApplicationTable> tables)
    {
        if (tables.Count == 0)
        {
            Add(server, hosts: null);
            return _applications;
        }

        foreach (var setting in (ReadOnlySpan<Setting>)
            [ApplicationDeclarations.EntryPoint, ApplicationDeclarations.MountPoint, ApplicationDeclarations.ProcessGroup])
        {
            if (server.Written(setting) is { } alone)
            {
                server.Wrong(
                    $"{alone.Origin} is given beside tables of several applications ({tables[0].Place})",
                    $"write {setting.Name} into the table that it is for");
            }
        }

        foreach (var table in tables)
        {
            // The command line and the environment go before everything that a file says.
            IReadOnlyList<IReadOnlyList<SettingText>> own = [.. sources.Take(2), table.Texts, .. sources.Skip(2)];
            var values = new SettingValues(own, mistakes);
            if (values.Written(ApplicationDeclarations.EntryPoint) is null)
            {
                values.Wrong(
                    $"{table.Place}: the application has no entry point",
                    $"add {ApplicationDeclarations.EntryPoint.Name} = \"app.wsgi\", or what it is called");
            }

            if (values.TryGet(ApplicationDeclarations.Type, out var type) && type == ApplicationType.Static)
            {
                values.Wrong(
                    $"{values.Written(ApplicationDeclarations.Type)!.Origin}: files are served for the whole server",
                    $"leave this table out, and write {StaticDeclarations.DocumentRoot.Name} or {StaticDeclarations.Alias.Name} above");
            }

            Add(values, table);
            values.CheckUnread(table.Texts);
        }

        if (tables.Count > Most)
        {
            server.Wrong($"{tables[Most].Place}: this is application {Most + 1}", $"a server has at most {Most}; start another one");
        }

        var reserved = _applications.FindIndex(static one => one.Name is HostedApplication.AccessName or HostedApplication.OnlyName);
        if (reserved >= 0)
        {
            server.Wrong(
                $"{tables[reserved].Place}: {ApplicationDeclarations.ProcessGroup.Name} = \"{_applications[reserved].Name}\" is a name "
                + "that the server uses itself",
                "choose another");
        }

        CheckPlaces(server, tables);
        return _applications;
    }

    private void Add(SettingValues values, ApplicationTable? hosts)
    {
        var application = ApplicationResolver.Resolve(values, machine, warnings);
        // A machine that serves nothing but files need not have one.
        var needsPython = application.NeedsWorkers || values.Written(ServiceDeclarations.Script) is not null
            || AccessDeclarations.Scripts.Any(script => values.Written(script) is not null);
        var before = mistakes.Count;
        var python = needsPython
            ? PythonResolver.Resolve(values, machine)
            : new PythonSettings { Executable = "", Source = "" };
        var identity = IdentityResolver.Resolve(values, machine, warnings);
        _probes.Add(needsPython && mistakes.Count == before ? new ProbeTarget(python, identity) : null);
        var workers = WorkerResolver.Resolve(values, machine, warnings);
        application = RootResolver.Resolve(values, machine, application, workers, identity);
        var names = hosts is null ? [] : Hosts(new SettingValues([hosts.Texts], mistakes));
        var name = hosts is null ? HostedApplication.OnlyName
            : application.ProcessGroup ?? $"{names.FirstOrDefault()}{(application.MountPoint.Length == 0 ? "/" : application.MountPoint)}";
        _applications.Add(new HostedApplication
        {
            Name = name,
            Hosts = names,
            Application = hosts is null ? application : application with { ProcessGroup = name },
            Python = python,
            Workers = application.NeedsWorkers ? workers : WorkerResolver.None(values, workers, warnings),
            Queue = new QueueSettings
            {
                Limit = values.TryGet(QueueDeclarations.Limit, out var limit) ? limit : null,
                Policy = values.Get(QueueDeclarations.Policy),
            },
            Timeouts = TimeoutResolver.Resolve(values, warnings),
            Limits = LimitResolver.Resolve(values),
            Identity = identity,
        });
    }

    /// <summary>The names under which an application is asked for: those of its own table alone.</summary>
    private static string[] Hosts(SettingValues table)
    {
        var (server, aliases) = NameResolver.Names(table);
        return server is null ? [] : [server, .. aliases];
    }

    /// <summary>Which application a request is for must be clear.</summary>
    private void CheckPlaces(SettingValues server, IReadOnlyList<ApplicationTable> tables)
    {
        for (var later = 1; later < tables.Count; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                var (one, other) = (_applications[earlier], _applications[later]);
                if (one.Application.MountPoint == other.Application.MountPoint && Meet(one.Hosts, other.Hosts))
                {
                    server.Wrong(
                        $"{tables[later].Place}: the application is in the same place as the one of {tables[earlier].Place}",
                        $"give one of them another {ApplicationDeclarations.MountPoint.Name} or {NameDeclarations.ServerName.Name}");
                }
                else if (one.Name == other.Name)
                {
                    server.Wrong(
                        $"{tables[later].Place}: the name {other.Name} is that of {tables[earlier].Place} already",
                        $"give one of them another {ApplicationDeclarations.ProcessGroup.Name}");
                }
            }
        }
    }

    private static bool Meet(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        (one.Count == 0 && other.Count == 0) || one.Intersect(other).Any();
}
