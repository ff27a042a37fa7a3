using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;
using Addergate.Settings.Values;

namespace Addergate.Settings.Resolution;

/// <summary>Service scripts, and what is said about each under its name.</summary>
internal static class ServiceResolver
{
    internal static IReadOnlyList<ServiceSettings> Resolve(
        SettingValues values, IMachine machine, IdentitySettings server, LogSettings logs)
    {
        var scripts = Named(ServiceDeclarations.Script);
        var users = Named(ServiceDeclarations.User);
        var groups = Named(ServiceDeclarations.Group);
        var logFiles = Named(ServiceDeclarations.LogFile);
        CheckNames(users, ServiceDeclarations.User);
        CheckNames(groups, ServiceDeclarations.Group);
        CheckNames(logFiles, ServiceDeclarations.LogFile);
        return [.. scripts.Select(script => Service(script.Key, script.Value))];

        Dictionary<string, string> Named(Setting<NamedText> setting)
        {
            var named = new Dictionary<string, string>();
            foreach (var (pair, written) in values.Each(setting))
            {
                if (!named.TryAdd(pair.Name, pair.Text))
                {
                    values.Wrong($"{written.Origin} names {pair.Name} twice", "give it once for each service script");
                }
            }

            return named;
        }

        void CheckNames(Dictionary<string, string> named, Setting setting)
        {
            foreach (var name in named.Keys.Where(name => !scripts.ContainsKey(name)))
            {
                var advice = NearestName.Find(name, scripts.Keys) is { } nearest
                    ? $"did you mean {nearest}?"
                    : $"add {ServiceDeclarations.Script.Option} {name} FILE";
                values.Wrong($"{Origin(setting)}: there is no service script {name}", advice);
            }
        }

        ServiceSettings Service(string name, string file)
        {
            var path = Paths.Absolute(machine, file);
            if (NamedFile.Problem(machine, path, "script") is { } problem)
            {
                values.Wrong($"{Origin(ServiceDeclarations.Script)} {name}: {problem}");
            }

            return new ServiceSettings
            {
                Name = name,
                Path = path,
                Identity = Identity(name),
                LogFile = logFiles.TryGetValue(name, out var log) ? LogFile(log) : null,
            };
        }

        // As in mod_wsgi-express, a relative one lies where the other logs do.
        string LogFile(string written) =>
            Paths.Absolute(Path.GetDirectoryName(logs.ErrorLog) ?? machine.CurrentDirectory, written);

        IdentitySettings Identity(string name)
        {
            var userFrom = $"{Origin(ServiceDeclarations.User)} {name}";
            var groupFrom = $"{Origin(ServiceDeclarations.Group)} {name}";
            var user = users.TryGetValue(name, out var userText)
                ? IdentityResolver.FindUser(values, machine, userText, userFrom)
                : null;
            var group = groups.TryGetValue(name, out var groupText)
                ? IdentityResolver.FindGroup(values, machine, groupText, groupFrom)
                : null;
            if (machine.EffectiveUserId == 0)
            {
                return user is not null
                    ? IdentityResolver.Of(machine, user, group)
                    : group is not null
                        ? server with { GroupId = group.Id, GroupName = group.Name }
                        : server;
            }

            if (user is not null && user.Id != machine.EffectiveUserId)
            {
                values.Wrong(
                    $"{userFrom}: only root can run it as {userText}",
                    "start the server as root, or leave this option out");
            }
            else if (group is not null && machine.FindUser(machine.EffectiveUserId)?.GroupId != group.Id)
            {
                values.Wrong(
                    $"{groupFrom}: only root can run it in group {groupText}",
                    "start the server as root, or leave this option out");
            }

            return new IdentitySettings();
        }

        string Origin(Setting setting) => values.Written(setting)?.Origin ?? setting.Option;
    }
}
