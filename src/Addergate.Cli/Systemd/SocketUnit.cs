using System.Globalization;

namespace Addergate.Cli.Systemd;

/// <summary>A port that systemd opens, and keeps open while the service is restarted.</summary>
internal static class SocketUnit
{
    /// <param name="plan">Of the service.</param>
    /// <param name="port">Which.</param>
    /// <param name="name">What the service calls it: <c>http</c> or <c>https</c>.</param>
    internal static string Write(ServicePlan plan, int port, string name)
    {
        var host = plan.Settings.Listen.Host;
        var address = host.Contains(':') ? $"[{host}]" : host;
        var place = plan.Settings.Listen.UnixSocket() is { } path
            ? $"{path}\nSocketMode={Convert.ToString(plan.Settings.Listen.SocketMode, 8).PadLeft(4, '0')}\n"
                + $"SocketUser={plan.User}\nSocketGroup={Group(plan)}"
            : string.Create(CultureInfo.InvariantCulture, $"{address}:{port}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # Made by addergate install-service.

            [Unit]
            Description={plan.Name}: {name}

            [Socket]
            ListenStream={place}
            FileDescriptorName={name}
            Service={plan.Name}.service
            Backlog={plan.Settings.Listen.Backlog}

            [Install]
            WantedBy=sockets.target

            """);
    }

    private static string Group(ServicePlan plan) =>
        plan.Settings.Listen.SocketGroup?.ToString(CultureInfo.InvariantCulture) ?? plan.Group;
}
