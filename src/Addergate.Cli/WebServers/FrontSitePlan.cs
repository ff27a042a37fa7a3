using System.Net;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Cli.WebServers;

/// <summary>What a web server in front has to agree on with the settings of this one.</summary>
internal static class FrontSitePlan
{
    internal const string Port = "--public-port";
    internal const string HttpsPort = "--public-https-port";
    internal const string HttpsRedirect = "--https-redirect";
    internal const string Certificate = "--certificate";
    internal const string CertificateKey = "--certificate-key";

    private const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>Beyond what this server may take.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    /// <summary>For what may take as long as it likes.</summary>
    private static readonly TimeSpan Endless = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan IdleMargin = TimeSpan.FromSeconds(5);

    /// <param name="settings">What is in force.</param>
    /// <param name="line">With the options of the command.</param>
    /// <param name="directory">The current one.</param>
    /// <param name="mistakes">Where those are noted.</param>
    internal static FrontSite Make(ServerSettings settings, CommandLine line, string directory, List<Mistake> mistakes)
    {
        var isSecure = line.Flags.Contains(HttpsRedirect);
        var name = settings.Names.ServerName;
        if (isSecure && name is null)
        {
            mistakes.Add(new Mistake($"{HttpsRedirect} needs the name of the site", "add --server-name www.example.com"));
        }

        foreach (var option in (string[])[HttpsPort, Certificate, CertificateKey])
        {
            if (!isSecure && line.Values.Any(value => value.Option == option))
            {
                mistakes.Add(new Mistake($"{option} has no effect without {HttpsRedirect}", "add that"));
            }
        }

        if (settings.Listen.Port == 0 && settings.Listen.UnixSocket() is null)
        {
            mistakes.Add(new Mistake("a web server in front needs a port that stays the same", "name it with --port"));
        }

        var site = new FrontSite
        {
            Label = Label(name),
            ServerName = name,
            Aliases = settings.Names.Aliases,
            Port = PortOf(line, Port, 80, mistakes),
            HttpsPort = isSecure ? PortOf(line, HttpsPort, 443, mistakes) : null,
            Certificate = PathOf(line, Certificate, directory) ?? $"/etc/ssl/certs/{name}.pem",
            CertificateKey = PathOf(line, CertificateKey, directory) ?? $"/etc/ssl/private/{name}.key",
            Upstream = Upstream(settings.Listen),
            Prefix = settings.Applications is [var only] && settings.Static.DocumentRoot is null
                ? only.Application.MountPoint
                : "",
            Files = [.. settings.Static.Aliases.Select(alias => Files(alias, settings.Static))],
            DocumentRoot = settings.Static.DocumentRoot,
            DocumentRootCache = MaxAge(settings.Static),
            FollowsLinks = settings.Static.FollowSymlinks,
            BodyLimit = BodyLimit(settings),
            Patience = Patience(settings),
            UpstreamIdle = settings.Clients.KeepAlive > IdleMargin
                ? TimeSpan.FromTicks(Math.Min(LongestIdle.Ticks, (settings.Clients.KeepAlive - IdleMargin).Ticks))
                : TimeSpan.Zero,
        };
        Check(site, mistakes);
        return site;
    }

    private static FrontFiles Files(FileAlias alias, StaticSettings settings) => new(
        alias.Url, alias.Path, alias.IsDirectory, settings.ImmutableUrls.Contains(alias.Url) ? Immutable : MaxAge(settings));

    private static string? MaxAge(StaticSettings settings) =>
        settings.MaxAge is { } age ? $"max-age={(long)age.TotalSeconds}" : null;

    /// <summary>The most of any application: each still has its own limit behind this one.</summary>
    private static long BodyLimit(ServerSettings settings)
    {
        var limits = settings.Applications.Select(static one => one.Limits.RequestBody).ToArray();
        return limits.Contains(0) ? 0 : limits.Max();
    }

    private static TimeSpan Patience(ServerSettings settings)
    {
        var longest = settings.Applications.Max(static one =>
            one.Timeouts.Queue == TimeSpan.Zero || one.Timeouts.Request == TimeSpan.Zero
                ? Endless
                : one.Timeouts.Queue + one.Timeouts.Request);
        return longest + Margin;
    }

    /// <summary>A web server on this machine reaches all interfaces by the loopback.</summary>
    private static string Upstream(ListenSettings listen)
    {
        if (listen.UnixSocket() is not null)
        {
            return listen.Host;
        }

        var host = listen.Host switch
        {
            "0.0.0.0" => "127.0.0.1",
            "::" => "[::1]",
            var address when address.Contains(':') => $"[{address}]",
            var address => address,
        };
        return $"{host}:{listen.Port}";
    }

    private static string Label(string? name)
    {
        var label = new string([.. (name ?? "").Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')]);
        return label.Length > 0 && !char.IsAsciiDigit(label[0]) ? label : $"addergate{label}";
    }

    private static int PortOf(CommandLine line, string option, int otherwise, List<Mistake> mistakes)
    {
        if (line.Values.LastOrDefault(value => value.Option == option).Value is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, out var port) && port is > 0 and <= IPEndPoint.MaxPort)
        {
            return port;
        }

        mistakes.Add(new Mistake($"{option}: \"{text}\" is no port", "write a number from 1 to 65535"));
        return otherwise;
    }

    private static string? PathOf(CommandLine line, string option, string directory) =>
        line.Values.LastOrDefault(value => value.Option == option).Value is { } path ? Path.GetFullPath(path, directory) : null;

    /// <summary>Each of the web servers has variables and quotes of its own; what is none of them is safe in all.</summary>
    private static void Check(FrontSite site, List<Mistake> mistakes)
    {
        IEnumerable<string?> texts =
        [
            site.ServerName, site.Upstream, site.DocumentRoot, site.Certificate, site.CertificateKey, site.Prefix, .. site.Aliases,
            .. site.Files.SelectMany(static files => (string[])[files.Url, files.Path]),
        ];
        mistakes.AddRange(texts.OfType<string>()
            .Where(static text => text.Any(static letter => char.IsControl(letter) || "\"\\${}".Contains(letter)))
            .Select(static text => new Mistake(
                $"\"{text}\" cannot be written in the configuration of a web server",
                "use a name without quotes, backslashes, dollar signs and braces")));
    }
}
