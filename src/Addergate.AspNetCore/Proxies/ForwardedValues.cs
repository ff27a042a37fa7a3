using System.Text;
using Addergate.AspNetCore.Connections;
using Addergate.AspNetCore.Requests;

namespace Addergate.AspNetCore.Proxies;

/// <summary>What headers of one value may say. All else is no value: null.</summary>
internal static class ForwardedValues
{
    public static string? Scheme(string text) =>
        text.Equals("https", StringComparison.OrdinalIgnoreCase) ? Uri.UriSchemeHttps
        : text.Equals("http", StringComparison.OrdinalIgnoreCase) ? Uri.UriSchemeHttp
        : null;

    /// <summary>Of headers that say whether there was TLS (<c>X-Forwarded-SSL: on</c>).</summary>
    public static string? SchemeOfSwitch(string text) => text.ToUpperInvariant() switch
    {
        "ON" or "TRUE" or "1" => Uri.UriSchemeHttps,
        "OFF" or "FALSE" or "0" => Uri.UriSchemeHttp,
        _ => null,
    };

    /// <summary>As a Host header may be, but not empty.</summary>
    public static string? Host(string text) =>
        text.Length > 0 && Ascii.IsValid(text) && HostRules.IsValid(Encoding.ASCII.GetBytes(text)) ? text : null;

    /// <summary>A host without a port.</summary>
    public static string? ServerName(string text)
    {
        if (Host(text) is null)
        {
            return null;
        }

        HostSplit.Split(text, out var name, out _);
        return name.Length == text.Length ? text : null;
    }

    public static string? Port(string text) => AddressText.TryParsePortNumber(text, out _) ? text : null;

    /// <summary>A path without its last slash. Not with two slashes in front: an application that builds a redirect from
    /// it would send clients to a foreign host.</summary>
    public static string? MountPoint(string text)
    {
        if (text == "/")
        {
            return "";
        }

        if (!text.StartsWith('/') || text.Contains("//", StringComparison.Ordinal) || text.AsSpan().ContainsAny("?#\\")
            || text.Any(char.IsControl) || text.Split('/').Any(static segment => segment is "." or ".."))
        {
            return null;
        }

        return text.TrimEnd('/');
    }
}
