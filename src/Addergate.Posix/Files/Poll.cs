using System.Runtime.InteropServices;

namespace Addergate.Posix.Files;

/// <summary>poll(2).</summary>
public static unsafe partial class Poll
{
    /// <summary>Waits until one of the descriptors can be read, has ended, or the time is over.</summary>
    /// <param name="entries">What to look at; their results are filled in.</param>
    /// <param name="milliseconds">How long at most; -1 for ever.</param>
    /// <returns>How many entries have a result; 0 also when a signal interrupted the wait.</returns>
    public static int Wait(Span<PollEntry> entries, int milliseconds)
    {
        fixed (PollEntry* first = entries)
        {
            return Math.Max(0, Wait(first, (nuint)entries.Length, milliseconds));
        }
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Wait(PollEntry* entries, nuint count, int milliseconds);
}
