using System.Net;
using Addergate.Settings.Model;

namespace Addergate.Cli.WebServers;

/// <summary>What this server has to be told so that it believes the web server in front.</summary>
internal static class TrustAdvice
{
    private const string Elsewhere = "ADDRESS-OF-THE-WEB-SERVER";

    /// <summary>The options, or null when the settings have them already.</summary>
    internal static string? Options(ServerSettings settings, WebServerKind kind)
    {
        var missing = kind.Headers
            .Except(settings.Proxies.Headers, StringComparer.OrdinalIgnoreCase)
            .Select(static header => $"--trust-proxy-header {header}");
        var proxy = settings.Proxies.Trusted.Count > 0 ? [] : (string[])[$"--trust-proxy {Proxy(settings.Listen)}"];
        string[] options = [.. proxy, .. missing];
        return options.Length == 0 ? null : string.Join(' ', options);
    }

    /// <summary>Who listens on the loopback has its web server on the same machine.</summary>
    private static string Proxy(ListenSettings listen) =>
        listen.UnixSocket() is not null ? "unix"
        : IPAddress.TryParse(listen.Host, out var address) && IPAddress.IsLoopback(address) ? listen.Host
        : Elsewhere;
}
