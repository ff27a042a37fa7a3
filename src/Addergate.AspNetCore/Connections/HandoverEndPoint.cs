using System.Net;

namespace Addergate.AspNetCore.Connections;

/// <summary>An endpoint without a port, whose connections come from another endpoint of the same server.</summary>
internal sealed class HandoverEndPoint(HandoverTransport transport) : EndPoint
{
    public HandoverTransport Transport { get; } = transport;

    public override string ToString() => "handover";
}
