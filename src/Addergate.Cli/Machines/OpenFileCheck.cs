using Addergate.Posix.Processes;
using Addergate.Settings.Mistakes;

namespace Addergate.Cli.Machines;

/// <summary>Looks at the limit on open files before anything is started.</summary>
internal static class OpenFileCheck
{
    // The runtime's libraries take about 150 in each process, and a start that runs out of them fails where nobody would
    // look for the cause.
    private const ulong Fewest = 512;

    /// <summary>Null when the hard limit allows enough; the soft one is raised to it.</summary>
    internal static Mistake? Find() =>
        ResourceLimits.Get(0, ResourceKind.OpenFiles) is { Hard: < Fewest and var hard }
            ? new Mistake(
                $"a process may have no more than {hard} files open here, and at least {Fewest} are needed",
                "raise the hard limit: ulimit -Hn, or LimitNOFILE= in systemd")
            : null;
}
