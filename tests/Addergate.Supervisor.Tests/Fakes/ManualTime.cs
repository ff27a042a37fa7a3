namespace Addergate.Supervisor.Tests.Fakes;

/// <summary>A clock that stands still until told to move. Its zero is odd on purpose: code that takes a timestamp of 0
/// for "never" or for the epoch shows here.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly DateTimeOffset _zero = new(1931, 5, 7, 23, 59, 58, 765, TimeSpan.Zero);
    private TimeSpan _set;
    private TimeSpan _passed = TimeSpan.FromTicks(987654321);

    public override long TimestampFrequency => 10_000_000;

    public override long GetTimestamp() => _passed.Ticks;

    public override DateTimeOffset GetUtcNow() => _zero + _passed + _set;

    /// <summary>Sets the clock on the wall; no time passes.</summary>
    public void SetClock(TimeSpan by) => _set += by;

    public void Advance(TimeSpan time) => _passed += time;
}
