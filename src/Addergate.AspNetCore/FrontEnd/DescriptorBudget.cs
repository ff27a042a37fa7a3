using Addergate.Posix.Processes;
using Addergate.Settings.Model;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>How many client connections this process can hold.</summary>
internal static class DescriptorBudget
{
    // Libraries, pipes, epoll, listeners, and spool files for some uploads at once.
    private const int Reserved = 128;

    // However low the limit is set, a few clients are served.
    private const int Fewest = 16;

    /// <summary>What <c>--max-clients</c> says, or what the limit on open files leaves beside the slots of two
    /// generations of workers.</summary>
    public static int Clients(ServerSettings settings)
    {
        if (settings.Clients.MaxClients is { } said)
        {
            return said;
        }

        // The .NET runtime has raised the soft limit to the hard one at its start.
        var files = ResourceLimits.Get(0, ResourceKind.OpenFiles)?.Soft ?? 1024;
        var slots = 2L * settings.Workers.MaximumProcesses * settings.Workers.Threads;
        return (int)Math.Clamp((long)Math.Min(files, int.MaxValue) - slots - Reserved, Fewest, int.MaxValue);
    }
}
