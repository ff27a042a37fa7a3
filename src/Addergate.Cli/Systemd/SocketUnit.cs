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
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # Made by addergate install-service.

            [Unit]
            Description={plan.Name}: {name}

            [Socket]
            ListenStream={address}:{port}
            FileDescriptorName={name}
            Service={plan.Name}.service
            Backlog={plan.Settings.Listen.Backlog}

            [Install]
            WantedBy=sockets.target

            """);
    }
}
