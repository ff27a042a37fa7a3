using System.Net;
using System.Net.Sockets;
using System.Text;
using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>
/// The address to listen on, and why. A server that somebody tries out must not be open to the network; one that a
/// platform or a container starts must be, or nothing reaches it.
/// </summary>
internal static class HostChoice
{
    private const string Everywhere = "0.0.0.0";
    private const string Loopback = "127.0.0.1";

    // sockaddr_un's 108 bytes less the final zero.
    private const int LongestSocket = 107;

    internal static (string Host, string Reason) Resolve(SettingValues values, IMachine machine)
    {
        if (values.TryGet(ListenDeclarations.Host, out var text))
        {
            var origin = values.Written(ListenDeclarations.Host)!.Origin;
            if (text.StartsWith(ListenSettings.UnixPrefix, StringComparison.Ordinal))
            {
                return (UnixSocket(values, machine, text, origin), $"{origin} {text}");
            }

            if (Parse(text) is { } address)
            {
                return (address, $"{origin} {text}");
            }

            values.Wrong(
                $"{origin}: \"{text}\" is not an IP address",
                $"write {Loopback}, localhost, an address of this machine, or * for all interfaces");
            return (Loopback, "");
        }

        if (machine.Variables.TryGetValue("PORT", out var port) && port.Length > 0)
        {
            return (Everywhere, "all interfaces, because PORT is set");
        }

        return machine.ProcessId == 1
            ? (Everywhere, "all interfaces, because this is process 1 of a container")
            : (Loopback, "this machine only; --host '*' for all interfaces");
    }

    private static string UnixSocket(SettingValues values, IMachine machine, string text, string origin)
    {
        var path = text[ListenSettings.UnixPrefix.Length..];
        var problem = !path.StartsWith('/') || path.EndsWith('/') ? "is not an absolute path of a socket"
            : Encoding.UTF8.GetByteCount(path) > LongestSocket ? $"is longer than the {LongestSocket} bytes that a socket's path may have"
            : machine.KindOf(Path.GetDirectoryName(path)!) != PathKind.Directory ? $"is in no directory: there is no {Path.GetDirectoryName(path)}"
            : null;
        if (problem is not null)
        {
            values.Wrong($"{origin}: \"{path}\" {problem}", "write it as in unix:/run/mysite/http.sock");
            return text;
        }

        ReadOnlySpan<Setting> forAddresses = [ListenDeclarations.Port, TlsDeclarations.Port, TlsDeclarations.Development];
        foreach (var setting in forAddresses)
        {
            if (values.Written(setting) is { } written && values.Precedence(setting) <= values.Precedence(ListenDeclarations.Host))
            {
                values.Wrong(
                    $"{written.Origin} is given, and {origin} names a Unix socket, which has no ports and no HTTPS",
                    "give one of them; the proxy in front speaks HTTPS");
            }
        }

        return text;
    }

    private static string? Parse(string text)
    {
        switch (text)
        {
            case "*":
                return Everywhere;
            case "localhost":
                return Loopback;
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            return null;
        }

        // "8000" and "010.1" are addresses to the parser, and slips to everybody else.
        var plain = address.ToString();
        return address.AddressFamily == AddressFamily.InterNetwork && plain != text ? null : plain;
    }
}
