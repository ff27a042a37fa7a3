namespace Addergate.Cli.WebServers;

/// <summary>A web server that can stand in front.</summary>
/// <param name="Name">As it is typed.</param>
/// <param name="Place">Where its sites are put, for people.</param>
/// <param name="Test">The command that checks its configuration and takes it over.</param>
/// <param name="Headers">What it tells of the client, as the site says.</param>
/// <param name="Write">Writes a site.</param>
internal sealed record WebServerKind(
    string Name, string Place, string Test, IReadOnlyList<string> Headers, Func<FrontSite, string> Write)
{
    internal static IReadOnlyList<WebServerKind> All { get; } =
    [
        new(
            "nginx",
            "/etc/nginx/conf.d/NAME.conf",
            "nginx -t && systemctl reload nginx",
            ["X-Forwarded-For", "X-Forwarded-Proto"],
            NginxSite.Write),
        new(
            "apache",
            "/etc/apache2/sites-available/NAME.conf, and a2ensite NAME",
            "apachectl configtest && systemctl reload apache2",
            ["X-Forwarded-For", "X-Forwarded-Proto"],
            ApacheSite.Write),
        new(
            "caddy",
            "/etc/caddy/Caddyfile",
            "caddy validate --config /etc/caddy/Caddyfile && systemctl reload caddy",
            ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"],
            CaddySite.Write),
    ];

    internal static WebServerKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
