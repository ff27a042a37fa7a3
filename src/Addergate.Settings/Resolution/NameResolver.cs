using System.Buffers;
using System.Text.RegularExpressions;
using Addergate.Settings.Declarations;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>The names of the site.</summary>
internal static partial class NameResolver
{
    // A name, an address, or an IPv6 address in brackets.
    private static readonly SearchValues<char> InNames =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_[]:");

    internal static NameSettings Resolve(
        SettingValues values, ListenSettings listen, ProxySettings proxies, List<string> warnings)
    {
        var (server, aliases) = Names(values);
        var httpsOnly = values.Get(NameDeclarations.HttpsOnly);
        var hasHttps = listen.HttpsPort is not null || proxies.Headers.Any(TellsScheme);
        if (!hasHttps && values.Written(NameDeclarations.StrictTransportSecurity) is { } policy)
        {
            warnings.Add(
                $"{policy.Origin} has no effect without {TlsDeclarations.Port.Option}, or {ProxyDeclarations.Header.Option} "
                + "X-Forwarded-Proto where a proxy has the HTTPS");
        }

        if (server is null && values.Get(NameDeclarations.AllowLocalhost))
        {
            warnings.Add(
                $"{values.Written(NameDeclarations.AllowLocalhost)!.Origin} has no effect without {NameDeclarations.ServerName.Option}: "
                + "any name is answered");
        }

        if (httpsOnly && !hasHttps)
        {
            values.Wrong(
                $"{values.Written(NameDeclarations.HttpsOnly)!.Origin} is given, but no port for HTTPS, and no proxy says what came over it",
                $"add {TlsDeclarations.Port.Option}, or {ProxyDeclarations.Trusted.Option} ADDRESS and "
                + $"{ProxyDeclarations.Header.Option} X-Forwarded-Proto");
        }

        return new NameSettings
        {
            ServerName = server,
            Aliases = aliases,
            AllowLocalhost = values.Get(NameDeclarations.AllowLocalhost),
            HttpsOnly = httpsOnly,
            StrictTransportSecurity = Policy(values),
        };
    }

    /// <summary>The canonical name, or null, and the others; in lower case.</summary>
    internal static (string? Server, IReadOnlyList<string> Aliases) Names(SettingValues values)
    {
        var server = values.TryGet(NameDeclarations.ServerName, out var name)
            ? Name(name, values.Written(NameDeclarations.ServerName)!.Origin, mayHavePattern: false)
            : null;
        var aliases = values.Each(NameDeclarations.Alias)
            .Select(alias => Name(alias.Value, alias.Written.Origin, mayHavePattern: true))
            .ToArray();
        if (server is null && values.Written(NameDeclarations.Alias) is { } alias)
        {
            values.Wrong(
                $"{alias.Origin} is given, but no name that it is an alias of", $"add {NameDeclarations.ServerName.Option} HOST");
        }

        return (server, aliases);

        string Name(string text, string origin, bool mayHavePattern)
        {
            var lower = text.ToLowerInvariant();
            var plain = mayHavePattern ? lower.Replace("*", "", StringComparison.Ordinal).Replace("?", "", StringComparison.Ordinal) : lower;
            var hasPort = !lower.StartsWith('[') && lower.Contains(':');
            if (hasPort || plain.AsSpan().ContainsAnyExcept(InNames))
            {
                values.Wrong(
                    $"{origin}: \"{text}\" is no host name", "write it without scheme, port and path, as in www.example.com");
            }

            return lower;
        }
    }

    // RFC 6797 6.1.1: a whole number, in quotes or not.
    [GeneratedRegex(@"(^|;)\s*max-age\s*=\s*(\d+|""\d+"")\s*(;|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MaximumAge();

    private static bool TellsScheme(string header) =>
        ForwardingHeader.Find(header)!.Facts.HasFlag(ForwardedFacts.Scheme);

    private static string? Policy(SettingValues values)
    {
        if (!values.TryGet(NameDeclarations.StrictTransportSecurity, out var policy))
        {
            return null;
        }

        if (!MaximumAge().IsMatch(policy) || policy.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            values.Wrong(
                $"{values.Written(NameDeclarations.StrictTransportSecurity)!.Origin}: \"{policy}\" is no policy",
                "write it as in max-age=31536000; includeSubDomains");
        }

        return policy;
    }
}
