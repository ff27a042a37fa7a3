using System.Globalization;
using Addergate.Posix.Processes;
using Addergate.Settings.Model;
using Addergate.Supervisor.Handover;

namespace Addergate.Supervisor.Shell;

/// <summary>The kernel's limits for a worker, which _exec sets before the interpreter starts. Not that of the address
/// space: _exec is a .NET program itself and would not survive it. The bootstrap sets that one, before it loads .NET,
/// which takes what it finds.</summary>
internal static class WorkerLimits
{
    // The supervisor replaces the worker at the limit; the kernel ends one that works on through its replacement's
    // start and its own draining, on several cores perhaps.
    private static readonly TimeSpan CpuGrace = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<ResourceLimit> For(WorkerSettings workers, IReadOnlyDictionary<string, string> environment)
    {
        var limits = new List<ResourceLimit>(ForService(environment));
        Add(limits, ResourceKind.Data, workers.DataLimit);
        if (workers.CpuTimeLimit > TimeSpan.Zero)
        {
            Add(limits, ResourceKind.CpuSeconds, (long)Math.Ceiling((workers.CpuTimeLimit + CpuGrace).TotalSeconds));
        }

        return limits;
    }

    /// <summary>The limits of the workers' resources are not those of a service.</summary>
    public static IReadOnlyList<ResourceLimit> ForService(IReadOnlyDictionary<string, string> environment) =>
        OpenFiles(environment) is { } files ? [new ResourceLimit(ResourceKind.OpenFiles, files, null)] : [];

    /// <summary>
    /// The .NET runtime raised this process's soft limit of open files to the hard one, and what it was before is not to
    /// be had. An application gets what the parent has, the user's shell as a rule: select() breaks above 1024. Not when
    /// the hard limits differ: then the limits were set for this program on purpose. A server that replaces another has
    /// that one as its parent, and is told.
    /// </summary>
    /// <returns>Null where the workers' limit is to be this process's.</returns>
    public static ulong? OpenFiles(IReadOnlyDictionary<string, string> environment) =>
        environment.TryGetValue(HandoverVariables.OpenFiles, out var text)
            ? ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : null
            : ResourceLimits.Get(ParentProcess.Id, ResourceKind.OpenFiles) is { } parents
                && ResourceLimits.Get(0, ResourceKind.OpenFiles) is { } ours && parents.Hard == ours.Hard
                    ? parents.Soft
                    : null;

    /// <summary>A stricter limit that the whole server lives under stays.</summary>
    private static void Add(List<ResourceLimit> limits, ResourceKind kind, long value)
    {
        if (value > 0)
        {
            var most = ResourceLimits.Get(0, kind)?.Hard ?? ResourceLimit.Unlimited;
            var limit = Math.Min((ulong)value, most);
            limits.Add(new ResourceLimit(kind, limit, limit));
        }
    }
}
