using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Addergate.Cli.WebServers;

/// <summary>A site of Apache httpd, 2.4.47 or later.</summary>
internal static class ApacheSite
{
    internal static string Write(FrontSite site)
    {
        var text = new StringBuilder();
        text.Append($"# a2enmod proxy proxy_http headers setenvif{(site.HttpsPort is null ? "" : " ssl")}\n\n");
        if (site.HttpsPort is { } secure)
        {
            text.Append($"<VirtualHost *:{site.Port}>\n");
            Names(text, site);
            text.Append($"    Redirect 308 \"/\" \"{site.HttpsOrigin}/\"\n</VirtualHost>\n\n<VirtualHost *:{secure}>\n");
            Names(text, site);
            text.Append($"    SSLEngine on\n    SSLCertificateFile \"{site.Certificate}\"\n");
            text.Append($"    SSLCertificateKeyFile \"{site.CertificateKey}\"\n    Protocols h2 http/1.1\n");
        }
        else
        {
            text.Append($"<VirtualHost *:{site.Port}>\n");
            Names(text, site);
        }

        text.Append(
            $$"""

                LimitRequestBody {{site.BodyLimit}}
                AllowEncodedSlashes NoDecode
                ProxyPreserveHost On
                ProxyAddHeaders Off
                RequestHeader append X-Forwarded-For "expr=%{REMOTE_ADDR}"
                RequestHeader set X-Forwarded-Proto "expr=%{REQUEST_SCHEME}"
                RequestHeader unset X-Forwarded-Host

            """);
        foreach (var files in site.Files)
        {
            Files(text, files, site);
        }

        if (site.DocumentRoot is { } root)
        {
            DocumentRoot(text, root, site);
        }

        var options = string.Create(
            CultureInfo.InvariantCulture,
            $"connectiontimeout=5 timeout={Math.Ceiling(site.Patience.TotalSeconds)} upgrade=websocket nocanon");
        options += site.UpstreamIdle > TimeSpan.Zero
            ? string.Create(CultureInfo.InvariantCulture, $" ttl={Math.Floor(site.UpstreamIdle.TotalSeconds)}")
            : " disablereuse=On";
        var upstream = site.UpstreamSocket is { } socket ? $"unix:{socket}|http://localhost" : $"http://{site.Upstream}";
        text.Append($"\n    ProxyPass \"{site.Prefix}/\" \"{upstream}{site.Prefix}/\" {options}\n");
        if (site.Prefix.Length > 0)
        {
            text.Append($"    ProxyPassMatch \"^{Regex.Escape(site.Prefix)}$\" \"{upstream}{site.Prefix}\"\n");
        }

        return text.Append("</VirtualHost>\n").ToString();
    }

    private static void Names(StringBuilder text, FrontSite site)
    {
        if (site.ServerName is not { } name)
        {
            return;
        }

        text.Append($"    ServerName {name}\n");
        if (site.Aliases.Count > 0)
        {
            text.Append($"    ServerAlias {string.Join(' ', site.Aliases)}\n");
        }
    }

    private static void Files(StringBuilder text, FrontFiles files, FrontSite site)
    {
        var slash = files.IsDirectory ? "/" : "";
        text.Append(
            $"""

                ProxyPass "{files.Url}" "!"

            """);
        if (files.IsDirectory)
        {
            text.Append($"    RedirectMatch 301 \"^{Regex.Escape(files.Url)}$\" \"{files.Url}/\"\n");
            text.Append($"    RedirectMatch 404 \"^{Regex.Escape(files.Url)}/(.*/)?\\.\"\n");
        }

        text.Append($"    Alias \"{files.Url}{slash}\" \"{files.Path.TrimEnd('/')}{slash}\"\n");
        Open(text, files.IsDirectory ? "Directory" : "Files", files, site);
    }

    private static void Open(StringBuilder text, string section, FrontFiles files, FrontSite site)
    {
        var directory = section == "Directory" ? files.Path.TrimEnd('/') : Path.GetDirectoryName(files.Path);
        text.Append($"    <Directory \"{directory}\">\n");
        if (section == "Directory")
        {
            Access(text, "        ", files.CacheControl, site);
        }
        else
        {
            text.Append($"        <Files \"{Path.GetFileName(files.Path)}\">\n            Require all granted\n");
            text.Append(Cache("            ", files.CacheControl)).Append("        </Files>\n");
        }

        text.Append("    </Directory>\n");
    }

    private static void Access(StringBuilder text, string indent, string? cache, FrontSite site) => text
        .Append($"{indent}Options {(site.FollowsLinks ? "FollowSymLinks" : "None")}\n")
        .Append($"{indent}AllowOverride None\n{indent}Require all granted\n").Append(Cache(indent, cache));

    private static string Cache(string indent, string? value) =>
        value is null ? "" : $"{indent}Header set Cache-Control \"{value}\"\n";

    /// <summary>What is a file is served; all else, and what begins with a dot, is the application's.</summary>
    private static void DocumentRoot(StringBuilder text, string root, FrontSite site)
    {
        text.Append(
            $$"""

                DocumentRoot "{{root}}"
                SetEnvIfExpr "%{REQUEST_URI} !~ m#/\.# && -f '{{root.TrimEnd('/')}}%{REQUEST_URI}'" no-proxy
                <Directory "{{root}}">

            """);
        Access(text, "        ", site.DocumentRootCache, site);
        text.Append("    </Directory>\n");
    }
}
