namespace Addergate.AspNetCore.Queue;

/// <summary>What a request is given, in the watch's units; zero for no limit.</summary>
internal sealed class TimeLimits(WsgiOptions options, RequestWatch watch)
{
    /// <summary>For a worker to take a request. DESIGN says a second: far above any switch interval of the GIL, far below
    /// what a client notices as an outage.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <inheritdoc cref="Patience"/>
    public long Claim { get; } = watch.Units(Patience);

    public long Queue { get; } = watch.Units(options.QueueTimeout);

    public long Request { get; } = watch.Units(options.RequestTimeout);

    public long Slow { get; } = watch.Units(options.SlowRequest);

    public long Interrupt { get; } = watch.Units(options.InterruptTimeout);
}
