using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Addergate.Cli.WebServers;

/// <summary>
/// A site of nginx. Nothing is buffered there: this server takes in what is slow, on both sides, and Python never waits for a
/// client.
/// </summary>
internal static class NginxSite
{
    internal static string Write(FrontSite site)
    {
        var text = new StringBuilder();
        var names = site.ServerName is { } name ? string.Join(' ', site.Aliases.Select(Alias).Prepend(name)) : "_";
        text.Append(
            $$"""
            upstream {{site.Label}} {
                server {{(site.UpstreamSocket is null ? site.Upstream : $"\"{site.Upstream}\"")}};

            """);
        if (site.UpstreamIdle > TimeSpan.Zero)
        {
            text.Append($"    keepalive 32;\n    keepalive_timeout {Seconds(site.UpstreamIdle)}s;\n");
        }

        // Without keepalive, nginx closes each connection by itself.
        var usual = site.UpstreamIdle > TimeSpan.Zero ? "\"\"" : "close";
        text.Append(
            $$"""
            }

            # Connections are kept, or become WebSockets where a client asks for that.
            map $http_upgrade ${{site.Label}}_connection {
                default upgrade;
                ""      {{usual}};
            }


            """);
        if (site.HttpsPort is { } secure)
        {
            text.Append(
                $$"""
                server {
                    listen {{site.Port}};
                    listen [::]:{{site.Port}};
                    server_name {{names}};
                    return 308 {{site.HttpsOrigin}}$request_uri;
                }

                server {
                    listen {{secure}} ssl http2;
                    listen [::]:{{secure}} ssl http2;
                    server_name {{names}};
                    ssl_certificate "{{site.Certificate}}";
                    ssl_certificate_key "{{site.CertificateKey}}";

                """);
        }
        else
        {
            text.Append(
                $$"""
                server {
                    listen {{site.Port}};
                    listen [::]:{{site.Port}};
                    server_name {{names}};

                """);
        }

        text.Append(
            $$"""

                client_max_body_size {{site.BodyLimit}};
                proxy_http_version 1.1;
                proxy_connect_timeout 5s;
                proxy_read_timeout {{Seconds(site.Patience)}}s;
                proxy_send_timeout {{Seconds(site.Patience)}}s;
                proxy_buffering off;
                proxy_request_buffering off;
                proxy_set_header Host $http_host;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_set_header X-Forwarded-Host "";
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection ${{site.Label}}_connection;

            """);
        foreach (var files in site.Files)
        {
            Files(text, files, site);
        }

        if (site.DocumentRoot is { } root)
        {
            DocumentRoot(text, root, site);
        }
        else if (site.Prefix.Length > 0)
        {
            text.Append($"\n    location = \"{site.Prefix}\" {{\n        proxy_pass http://{site.Label};\n    }}\n");
            Application(text, $"\"{site.Prefix}/\"", site);
        }
        else
        {
            Application(text, "/", site);
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>nginx knows * for whole labels at an end; all else is an expression to it.</summary>
    private static string Alias(string alias) =>
        alias.StartsWith("*.", StringComparison.Ordinal) && alias.AsSpan(2).IndexOfAny("*?") < 0 || alias.AsSpan().IndexOfAny("*?") < 0
            ? alias
            : "\"~^" + Regex.Escape(alias).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)
                + "$\"";

    private static void Application(StringBuilder text, string location, FrontSite site) =>
        text.Append($"\n    location {location} {{\n        proxy_pass http://{site.Label};\n    }}\n");

    private static void Files(StringBuilder text, FrontFiles files, FrontSite site)
    {
        var cache = Cache(files.CacheControl);
        if (!files.IsDirectory)
        {
            text.Append($"\n    location = \"{files.Url}\" {{\n        alias \"{files.Path}\";\n{cache}    }}\n");
            return;
        }

        text.Append(
            $$"""

                location = "{{files.Url}}" {
                    return 301 "{{files.Url}}/";
                }

                location ^~ "{{files.Url}}/" {
                    alias "{{files.Path.TrimEnd('/')}}/";
            {{Links(files.Path, site)}}{{cache}}        location ~ /\. {
                        return 404;
                    }
                }

            """);
    }

    /// <summary>What is a file is served; all else, and what begins with a dot, is the application's.</summary>
    private static void DocumentRoot(StringBuilder text, string root, FrontSite site)
    {
        text.Append(
            $$"""

                location / {
                    root "{{root}}";
            {{Links(root, site)}}{{Cache(site.DocumentRootCache)}}        try_files $uri @{{site.Label}};
                }

                location ~ /\. {
                    proxy_pass http://{{site.Label}};
                }

            """);
        Application(text, "@" + site.Label, site);
    }

    private static string Links(string path, FrontSite site) =>
        site.FollowsLinks ? "" : $"        disable_symlinks on from=\"{path}\";\n";

    private static string Cache(string? value) => value is null ? "" : $"        add_header Cache-Control \"{value}\";\n";

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
