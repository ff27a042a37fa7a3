using System.Net;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>Carries headers that describe a body (<c>Content-Type</c>) of a request that has none.</summary>
internal sealed class NoBody : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return true;
    }
}
