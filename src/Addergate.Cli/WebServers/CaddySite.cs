using System.Globalization;
using System.Text;

namespace Addergate.Cli.WebServers;

/// <summary>A site of Caddy 2, which sets X-Forwarded-For, -Proto and -Host by itself, and believes none that a client
/// sent.</summary>
internal static class CaddySite
{
    internal static string Write(FrontSite site)
    {
        var text = new StringBuilder();
        foreach (var alias in site.Aliases.Where(static alias => !IsKnown(alias)))
        {
            text.Append($"# Caddy has no name like {alias}: write out which are meant.\n");
        }

        if (site.HttpsPort is { } secure)
        {
            // The redirect from HTTP is Caddy's own.
            text.Append(Ports(site)).Append($"{Addresses(site, "https", secure)} {{\n");
            text.Append($"\ttls \"{site.Certificate}\" \"{site.CertificateKey}\"\n");
        }
        else
        {
            text.Append($"{Addresses(site, "http", site.Port)} {{\n");
        }

        if (site.BodyLimit > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\trequest_body {{\n\t\tmax_size {site.BodyLimit}\n\t}}\n");
        }

        foreach (var (files, index) in site.Files.Select(static (files, index) => (files, index)))
        {
            Files(text, files, index);
        }

        if (site.DocumentRoot is { } root)
        {
            text.Append(
                $$"""

                	@file {
                		not path */.*
                		file {
                			root "{{root}}"
                			try_files {path}
                		}
                	}
                	handle @file {
                		root * "{{root}}"
                {{Cache(site.DocumentRootCache)}}		file_server
                	}

                """);
        }

        text.Append(site.Prefix.Length > 0
            ? $"\n\t@application path \"{site.Prefix}\" \"{site.Prefix}/*\"\n\thandle @application {{\n"
            : "\n\thandle {\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""
            		reverse_proxy {{(site.UpstreamSocket is { } socket ? $"unix/{socket}" : site.Upstream)}} {
            			flush_interval -1
            			transport http {
            				dial_timeout 5s
            				response_header_timeout {{Math.Ceiling(site.Patience.TotalSeconds)}}s
            				keepalive {{(site.UpstreamIdle > TimeSpan.Zero ? $"{Math.Floor(site.UpstreamIdle.TotalSeconds)}s" : "off")}}
            			}
            		}
            	}
            }

            """);
        return text.ToString();
    }

    private static void Files(StringBuilder text, FrontFiles files, int index)
    {
        if (files.IsDirectory)
        {
            text.Append(
                $$"""

                	redir "{{files.Url}}" "{{files.Url}}/" 301
                	handle_path "{{files.Url}}/*" {
                		root * "{{files.Path}}"
                {{Cache(files.CacheControl)}}		file_server {
                			hide .*
                		}
                	}

                """);
            return;
        }

        text.Append(
            $$"""

            	@alias{{index}} path "{{files.Url}}"
            	handle @alias{{index}} {
            		root * "{{Path.GetDirectoryName(files.Path)}}"
            		rewrite * "/{{Path.GetFileName(files.Path)}}"
            {{Cache(files.CacheControl)}}		file_server
            	}

            """);
    }

    private static string Cache(string? value) => value is null ? "" : $"\t\theader Cache-Control \"{value}\"\n";

    /// <summary>Caddy knows * for whole labels.</summary>
    private static bool IsKnown(string alias) =>
        !alias.Contains('?') && alias.Split('.').All(static label => label == "*" || !label.Contains('*'));

    private static string Ports(FrontSite site) =>
        site.Port == 80 && site.HttpsPort == 443
            ? ""
            : $"{{\n\thttp_port {site.Port}\n\thttps_port {site.HttpsPort}\n}}\n\n";

    private static string Addresses(FrontSite site, string scheme, int port) => site.ServerName is { } name
        ? string.Join(", ", site.Aliases.Where(IsKnown).Prepend(name).Select(host => $"{scheme}://{host}:{port}"))
        : $"{scheme}://:{port}";
}
