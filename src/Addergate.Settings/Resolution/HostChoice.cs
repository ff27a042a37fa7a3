using System.Net;
using System.Net.Sockets;
using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
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

    internal static (string Host, string Reason) Resolve(SettingValues values, IMachine machine)
    {
        if (values.TryGet(ListenDeclarations.Host, out var text))
        {
            var origin = values.Written(ListenDeclarations.Host)!.Origin;
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
