using Addergate.Settings.Declarations;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;
using Addergate.Settings.Values;

namespace Addergate.Settings.Resolution;

/// <summary>What is passed on to other servers.</summary>
internal static class ForwardResolver
{
    internal static ForwardSettings Resolve(
        SettingValues values,
        IReadOnlyList<HostedApplication> applications,
        NameSettings names,
        ClientSettings clients,
        StaticSettings files,
        List<string> warnings)
    {
        var rules = new List<ForwardRule>();
        (NamedText Pair, SettingText Written)[] mounts =
            [.. values.Each(ForwardDeclarations.MountPoint), .. values.Each(ForwardDeclarations.UrlAlias)];
        foreach (var (pair, written) in mounts)
        {
            AddMount(values, rules, pair, written, applications, files, warnings);
        }

        foreach (var (pair, written) in values.Each(ForwardDeclarations.VirtualHost))
        {
            AddHost(values, rules, pair, written, applications, names, warnings);
        }

        if (values.Written(ForwardDeclarations.Timeout) is { } idle && mounts.Length == 0
            && values.Written(ForwardDeclarations.VirtualHost) is null)
        {
            warnings.Add(
                $"{idle.Origin} has no effect without {ForwardDeclarations.MountPoint.Option} or "
                + ForwardDeclarations.VirtualHost.Option);
        }

        return new ForwardSettings
        {
            Rules = [.. rules.OrderByDescending(static rule => rule.Url.Length)],
            // As there: without it, Apache's Timeout counts, which mod_wsgi-express sets to this.
            Timeout = values.TryGet(ForwardDeclarations.Timeout, out var timeout) ? timeout : clients.Socket,
        };
    }

    private static void AddMount(
        SettingValues values,
        List<ForwardRule> rules,
        NamedText pair,
        SettingText written,
        IReadOnlyList<HostedApplication> applications,
        StaticSettings files,
        List<string> warnings)
    {
        var target = Target(values, pair, written);
        if (UrlPaths.Read(values, written.Origin, pair.Name) is not { } url)
        {
            return;
        }

        if (url.Length == 0)
        {
            values.Wrong(
                $"{written.Origin} /: nothing would be left for the application",
                $"write {ForwardDeclarations.VirtualHost.Option} HOST {pair.Text} for a host that is that server's alone");
        }
        else if (applications.FirstOrDefault(hosted => IsAtOrBelow(hosted.Application.MountPoint, url)) is { } covered)
        {
            values.Wrong(
                $"{written.Origin} {pair.Name}: nothing would be left for the application, which is mounted at "
                + covered.Application.MountPoint,
                "give them URLs beside each other, or the application the shorter one");
        }
        else if (rules.Exists(other => other.Url == url))
        {
            values.Wrong($"{written.Origin} names {url} twice", "give each URL once");
        }
        else if (files.Aliases.Any(alias => alias.Url == url))
        {
            values.Wrong(
                $"{written.Origin} and {StaticDeclarations.Alias.Option} both name {url}", "give each URL once");
        }

        if (target is null)
        {
            return;
        }

        if (!pair.Name.EndsWith('/'))
        {
            // As there: both sides get a slash.
            target = target with { Path = target.Path.EndsWith('/') ? target.Path : target.Path + "/" };
        }

        WarnOfJoining(pair, written, target, url + "/", warnings);
        rules.Add(new ForwardRule(null, url, target));
    }

    private static void AddHost(
        SettingValues values,
        List<ForwardRule> rules,
        NamedText pair,
        SettingText written,
        IReadOnlyList<HostedApplication> applications,
        NameSettings names,
        List<string> warnings)
    {
        var target = Target(values, pair, written);
        var host = pair.Name.ToLowerInvariant();
        if (host == names.ServerName || names.Aliases.Contains(host)
            || applications.Any(hosted => hosted.Hosts.Contains(host)))
        {
            values.Wrong(
                $"{written.Origin} {host}: that is a name of this site", "give the other server a name of its own");
        }
        else if (rules.Exists(other => other.Host == host))
        {
            values.Wrong($"{written.Origin} names {host} twice", "give each host once");
        }

        if (target is not null)
        {
            WarnOfJoining(pair, written, target, "/", warnings);
            rules.Add(new ForwardRule(host, "", target));
        }
    }

    private static ForwardTarget? Target(SettingValues values, NamedText pair, SettingText written)
    {
        var (target, problem) = ForwardTargetReader.Read(pair.Text);
        if (problem is not null)
        {
            values.Wrong($"{written.Origin} {pair.Name}: \"{pair.Text}\" {problem}");
        }

        return target;
    }

    // Apache does it, and has puzzled people with it ever since; others rely on it.
    private static void WarnOfJoining(
        NamedText pair, SettingText written, ForwardTarget target, string replaced, List<string> warnings)
    {
        if (!target.Path.EndsWith('/'))
        {
            warnings.Add(
                $"{written.Origin} {pair.Name}: {replaced}page is asked for as {target.Path}page, since the target does not "
                + $"end with a slash; write {pair.Text}/ if that is not meant");
        }
    }

    private static bool IsAtOrBelow(string url, string top) =>
        url.StartsWith(top, StringComparison.Ordinal) && (url.Length == top.Length || url[top.Length] == '/');
}
