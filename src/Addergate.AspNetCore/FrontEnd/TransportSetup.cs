using Addergate.Settings.Model;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>The socket transport's options.</summary>
internal static class TransportSetup
{
    public static void Apply(SocketTransportOptions options, ServerSettings settings)
    {
        options.Backlog = settings.Listen.Backlog;
        // Half the CPU per request: the request runs on the thread that saw its bytes. Nothing on that path may block.
        options.UnsafePreferInlineScheduling = true;
        // One system call less for each request, for 4 KiB more for each idle connection.
        options.WaitForDataBeforeAllocatingBuffer = false;
    }
}
