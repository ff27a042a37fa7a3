using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Who may come in.</summary>
internal static class AccessResolver
{
    // Enough for a password hash that takes its time, and little memory.
    private const int Threads = 5;

    /// <param name="values">What was written.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="names">Of the site.</param>
    /// <param name="main">Whose interpreter and timers the scripts have.</param>
    /// <param name="identity">Who they run as: the server's own, since they see everybody's password.</param>
    /// <param name="warnings">Told what is probably not meant.</param>
    internal static AccessSettings Resolve(
        SettingValues values, IMachine machine, NameSettings names, HostedApplication main, IdentitySettings identity, List<string> warnings)
    {
        var scripts = new AccessScripts(
            Script(AccessDeclarations.HostScript), Script(AccessDeclarations.UserScript), Script(AccessDeclarations.GroupScript));
        var file = File(values, machine);
        var type = values.Get(AccessDeclarations.Type);
        if (type == AuthenticationType.Digest && file is not null)
        {
            values.Wrong(
                $"{AccessDeclarations.UserFile.Option} is given with {AccessDeclarations.Type.Option} Digest: a file of htpasswd has no "
                + "hashes for it",
                $"use {AccessDeclarations.UserScript.Option}, or {AccessDeclarations.Type.Option} Basic");
        }

        if (scripts.Group is not null && scripts.User is null && file is null)
        {
            values.Wrong(
                $"{values.Written(AccessDeclarations.GroupScript)!.Origin} is given, but nothing that knows users",
                $"add {AccessDeclarations.UserScript.Option} FILE or {AccessDeclarations.UserFile.Option} FILE");
        }

        var needsUser = scripts.User is not null || file is not null;
        WarnOfIdle(values, needsUser, scripts, warnings);
        return new AccessSettings
        {
            Application = scripts == AccessScripts.None ? null : Hosted(main, identity, scripts),
            UserFile = file,
            Type = type,
            Realm = Realm(values, names),
            Group = scripts.Group is null ? null : values.Get(AccessDeclarations.Group),
            CacheTime = values.Get(AccessDeclarations.CacheTime),
        };

        string? Script(Setting<string> setting)
        {
            var path = NamedFile.Resolve(values, machine, setting, "script");
            if (path is not null && RootOf(main, identity) is not null && !main.Application.IsInside(path))
            {
                values.Wrong(
                    $"{values.Written(setting)!.Origin}: {path} is not in {main.Application.Root}, which its process is held in");
            }

            return path;
        }
    }

    /// <summary>The front end reads it, as whom it runs; that this one can read it does not say much, but that it cannot does.
    /// </summary>
    private static string? File(SettingValues values, IMachine machine)
    {
        var path = NamedFile.Resolve(values, machine, AccessDeclarations.UserFile, "file", "htpasswd -c makes one");
        if (path is not null && machine.KindOf(path) == PathKind.File && machine.ProblemReading(path) is { } why)
        {
            values.Wrong($"{values.Written(AccessDeclarations.UserFile)!.Origin}: {path} cannot be read: {why}");
        }

        return path;
    }

    private static string Realm(SettingValues values, NameSettings names)
    {
        if (!values.TryGet(AccessDeclarations.Realm, out var realm))
        {
            return names.ServerName ?? "this site";
        }

        if (realm.Any(char.IsControl))
        {
            values.Wrong($"{values.Written(AccessDeclarations.Realm)!.Origin}: the text has control characters", "write plain text");
        }

        return realm;
    }

    /// <summary>The directory that holds it: as the application's user it must not be outside where that is held.</summary>
    private static string? RootOf(HostedApplication main, IdentitySettings identity) =>
        identity.UserId == main.Identity.UserId ? main.Application.Root : null;

    /// <summary>Of the application it has what decides how Python is run; nothing that recycles: it is no application whose
    /// memory grows.</summary>
    private static HostedApplication Hosted(
        HostedApplication main, IdentitySettings identity, AccessScripts scripts) => main with
        {
            Name = HostedApplication.AccessName,
            Hosts = [],
            Identity = identity,
            Application = new ApplicationSettings
            {
                Type = ApplicationType.Access,
                Entry = "",
                Callable = "",
                WorkingDirectory = main.Application.WorkingDirectory,
                PythonPath = main.Application.PythonPath,
                ProcessGroup = HostedApplication.AccessName,
                EnvironmentScript = main.Application.EnvironmentScript,
                Root = RootOf(main, identity),
                Access = scripts,
            },
            Workers = main.Workers with
            {
                Processes = 1,
                MaximumProcesses = 1,
                Threads = Threads,
                Preload = false,
                MaximumRequests = 0,
                CpuTimeLimit = TimeSpan.Zero,
                MemoryLimit = 0,
                ReloadOnScriptChange = false,
                ReloadOnChanges = false,
            },
            Timeouts = main.Timeouts with { RestartInterval = TimeSpan.Zero, Inactivity = TimeSpan.Zero },
        };

    private static void WarnOfIdle(SettingValues values, bool needsUser, AccessScripts scripts, List<string> warnings)
    {
        if (!needsUser)
        {
            NoEffect(AccessDeclarations.Type, AccessDeclarations.UserScript);
            NoEffect(AccessDeclarations.Realm, AccessDeclarations.UserScript);
        }

        if (scripts.Group is null)
        {
            NoEffect(AccessDeclarations.Group, AccessDeclarations.GroupScript);
        }

        if (scripts == AccessScripts.None)
        {
            NoEffect(AccessDeclarations.CacheTime, AccessDeclarations.UserScript);
        }

        void NoEffect(Setting setting, Setting needed)
        {
            if (values.Written(setting) is { } written)
            {
                warnings.Add($"{written.Origin} has no effect without {needed.Option}");
            }
        }
    }
}
