using System.Net.Sockets;
using Addergate.Posix.Files;
using Addergate.Settings.Model;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Endpoints;

/// <summary>Everything that listens: the ports and the slot socket. Kept open here for every front end to come.</summary>
internal sealed class ServerEndpoints : IDisposable
{
    private const int SlotDescriptor = 5;

    private readonly Ports _ports;
    private readonly RuntimeDirectory? _directory;
    private readonly Socket _slots;
    private bool _leavesPorts;

    private ServerEndpoints(Ports ports, RuntimeDirectory? directory, string slotPath, Socket slots)
    {
        SlotPath = slotPath;
        _ports = ports;
        _directory = directory;
        _slots = slots;
    }

    /// <summary>The plain port.</summary>
    public int Port => _ports.Plain;

    /// <summary>The TLS port, or null.</summary>
    public int? HttpsPort => _ports.Secure;

    public Ports Ports => _ports;

    /// <summary>Where slots connect: a path, or a name as <see cref="SlotEndpoint.AbstractName"/> makes it.</summary>
    public string SlotPath { get; }

    /// <summary>Descriptor number in a front end → socket.</summary>
    public IEnumerable<(int Number, Socket Socket)> Inherited =>
        _ports.Sockets.Select((port, index) => (SlotDescriptor + 1 + index, port.Socket)).Prepend((SlotDescriptor, _slots));

    /// <summary>Opens all; null with the reason for people.</summary>
    public static ServerEndpoints? Open(SupervisorPlan plan, out string reason)
    {
        var settings = plan.Settings;
        var passed = PassedSockets.Take(plan.Environment, out reason);
        var ports = passed is null ? null : Ports.Open(
            settings.Listen, settings.Identity, passed, out reason, settings.Telemetry.PagePort);
        if (ports is null)
        {
            return null;
        }

        // Two generations may connect while a reload is put in force.
        var slots = 2 * settings.MostSlots;
        var isShared = settings.Pools.Any(hosted => hosted.Identity.UserId != settings.Identity.UserId);
        var isAbstract = settings.Pools.Any(static hosted => hosted.Application.Root is not null);
        var directory = isAbstract ? null : RuntimeDirectory.Create(settings.Identity, isShared, plan.Environment, out reason);
        var name = isAbstract ? SlotEndpoint.AbstractName() : directory?.SocketPath;
        var socket = name is null
            ? null
            : SlotEndpoint.Open(name, settings.Identity, isShared, slots, out reason);
        if (socket is null)
        {
            directory?.Dispose();
            ports.Dispose();
            return null;
        }

        return new ServerEndpoints(ports, directory, name!, socket);
    }

    /// <summary>What CONFIGURE says of the descriptors.</summary>
    public ConfigureMessage Configure(ServerSettings settings) => new(
        // With the ports that were bound where any would do.
        (settings with
        {
            Listen = settings.Listen with { Port = Port, HttpsPort = HttpsPort },
            Telemetry = settings.Telemetry with { PagePort = _ports.Telemetry },
        }).ToJson(),
        SlotDescriptor,
        [.. _ports.Sockets.Select((port, index) => new InheritedListener(SlotDescriptor + 1 + index, port.Use))]);

    /// <summary>Clients are refused once the front end has closed its copies as well.</summary>
    public void ClosePorts() => _ports.Dispose();

    /// <summary>Leaves the ports open for the program that this process becomes.</summary>
    /// <returns>What <see cref="Handover.HandoverVariables.Sockets"/> says.</returns>
    public string LeavePorts()
    {
        _leavesPorts = true;
        foreach (var port in _ports.Sockets)
        {
            Descriptor.SetCloseOnExec((int)port.Socket.Handle, false);
        }

        return string.Join(' ', _ports.Sockets.Select(static port => $"{port.Name}={port.Socket.Handle}"));
    }

    public void Dispose()
    {
        if (!_leavesPorts)
        {
            _ports.Dispose();
        }

        _slots.Dispose();
        _directory?.Dispose();
    }
}
