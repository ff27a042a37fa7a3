using Addergate.AspNetCore.Connections;
using Addergate.Posix.Files;
using Addergate.Settings.Model;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>How many client connections this process can hold.</summary>
internal static class DescriptorBudget
{
    // Spool files for some uploads at once, beside what the reserve keeps for the server itself.
    private const int SpoolFiles = 64;

    // However low the limit is set, a few clients are served.
    private const int Fewest = 16;

    /// <summary>What the limit on open files leaves beside what is open now, the slots of two generations of workers, and
    /// the reserve, half of it where requests are passed on; less when <c>--max-clients</c> says so.</summary>
    public static int Clients(ServerSettings settings, long files)
    {
        var slots = 2L * settings.MostSlots;
        var free = files - Descriptor.LowestFree() - slots - DescriptorReserve.Size - SpoolFiles;
        if (settings.Forwarding.Rules.Count > 0)
        {
            // Each client may have a connection to another server.
            free /= 2;
        }

        var possible = (int)Math.Clamp(free, Fewest, int.MaxValue);
        return Math.Min(possible, settings.Clients.MaxClients ?? possible);
    }
}
