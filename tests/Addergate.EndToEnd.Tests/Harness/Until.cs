using System.Diagnostics;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>
/// Waits for a condition that only another process can make true. The deadline is there so that a broken server fails
/// its test instead of hanging it; no test depends on how long something takes.
/// </summary>
internal static class Until
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static void True(
        Func<bool> condition, string what, Func<string>? details = null, TimeSpan? patience = null)
    {
        var deadline = patience ?? Deadline;
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > deadline)
            {
                Assert.Fail($"Waited {deadline.TotalSeconds} s in vain: {what}.\n{details?.Invoke()}");
            }

            Thread.Sleep(5);
        }
    }

    /// <summary>The first value that is not null.</summary>
    public static T Some<T>(Func<T?> value, string what, Func<string>? details = null)
        where T : class
    {
        T? found = null;
        True(() => (found = value()) is not null, what, details);
        return found!;
    }
}
