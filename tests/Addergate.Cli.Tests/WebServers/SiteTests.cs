using Addergate.Cli.WebServers;

namespace Addergate.Cli.Tests.WebServers;

/// <summary>What is printed. That nginx and Apache do what it means is tested with them; Caddy is not to be had there.
/// </summary>
public sealed class SiteTests
{
    private static readonly FrontSite Plain = new()
    {
        Label = "shop",
        ServerName = "www.example.com",
        Aliases = ["example.com", "*.example.org", "shop?.example.net"],
        Port = 80,
        Upstream = "127.0.0.1:8000",
        Files =
        [
            new("/favicon.ico", "/srv/shop/icon.ico", false, null), new("/static", "/srv/shop/static", true, "max-age=3600"),
        ],
        BodyLimit = 10 << 20,
        Patience = TimeSpan.FromSeconds(115),
        UpstreamIdle = TimeSpan.FromSeconds(60),
    };

    [Fact]
    public void Caddy_serves_the_files_and_sends_the_rest_on() => Assert.Equal(
        """
        # Caddy has no name like shop?.example.net: write out which are meant.
        http://www.example.com:80, http://example.com:80, http://*.example.org:80 {
        	request_body {
        		max_size 10485760
        	}

        	@alias0 path "/favicon.ico"
        	handle @alias0 {
        		root * "/srv/shop"
        		rewrite * "/icon.ico"
        		file_server
        	}

        	redir "/static" "/static/" 301
        	handle_path "/static/*" {
        		root * "/srv/shop/static"
        		header Cache-Control "max-age=3600"
        		file_server {
        			hide .*
        		}
        	}

        	handle {
        		reverse_proxy 127.0.0.1:8000 {
        			flush_interval -1
        			transport http {
        				dial_timeout 5s
        				response_header_timeout 115s
        				keepalive 60s
        			}
        		}
        	}
        }

        """,
        CaddySite.Write(Plain));

    [Fact]
    public void Caddy_has_the_redirect_to_HTTPS_by_itself()
    {
        var site = Plain with
        {
            Aliases = [],
            HttpsPort = 443,
            Certificate = "/etc/c.pem",
            CertificateKey = "/etc/k.pem",
            Files = [],
            DocumentRoot = "/srv/www",
            BodyLimit = 0,
            UpstreamIdle = TimeSpan.Zero,
        };
        Assert.Equal(
            """
            https://www.example.com:443 {
            	tls "/etc/c.pem" "/etc/k.pem"

            	@file {
            		not path */.*
            		file {
            			root "/srv/www"
            			try_files {path}
            		}
            	}
            	handle @file {
            		root * "/srv/www"
            		file_server
            	}

            	handle {
            		reverse_proxy 127.0.0.1:8000 {
            			flush_interval -1
            			transport http {
            				dial_timeout 5s
            				response_header_timeout 115s
            				keepalive off
            			}
            		}
            	}
            }

            """,
            CaddySite.Write(site));
        Assert.StartsWith(
            "{\n\thttp_port 8080\n\thttps_port 8443\n}\n\nhttps://www.example.com:8443 {\n",
            CaddySite.Write(site with { Port = 8080, HttpsPort = 8443 }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Names_with_a_pattern_are_written_as_nginx_knows_them() => Assert.Contains(
        "    server_name www.example.com example.com *.example.org \"~^shop.\\.example\\.net$\";\n",
        NginxSite.Write(Plain),
        StringComparison.Ordinal);

    [Fact]
    public void Where_connections_are_not_kept_the_web_server_keeps_none()
    {
        var site = Plain with { UpstreamIdle = TimeSpan.Zero };
        Assert.DoesNotContain("keepalive", NginxSite.Write(site), StringComparison.Ordinal);
        Assert.Contains("    \"\"      close;\n", NginxSite.Write(site), StringComparison.Ordinal);
        Assert.Contains(" disablereuse=On\n", ApacheSite.Write(site), StringComparison.Ordinal);
    }
}
