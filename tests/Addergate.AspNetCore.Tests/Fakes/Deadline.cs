namespace Addergate.AspNetCore.Tests.Fakes;

/// <summary>What never ends is a failure: nothing here takes longer than this on any machine.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static CancellationToken Token() => new CancellationTokenSource(Limit).Token;

    public static Task<T> WithDeadline<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task WithDeadline(this Task task) => task.WaitAsync(Limit);

    /// <summary>Waits for something that another thread brings about and nobody announces.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var deadline = Token();
        while (!condition())
        {
            deadline.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
