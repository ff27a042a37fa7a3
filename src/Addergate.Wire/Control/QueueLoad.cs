namespace Addergate.Wire.Control;

/// <summary>What waits for one application, in LOAD. Counts are since the front end started.</summary>
/// <param name="Waiting">Requests in its queue.</param>
/// <param name="OldestWaitMilliseconds">How long the first of them has waited.</param>
/// <param name="Refused">Requests answered 503 because the queue was full.</param>
/// <param name="TimedOut">Requests answered 504 because they waited or ran for too long.</param>
public readonly record struct QueueLoad(uint Waiting, uint OldestWaitMilliseconds, ulong Refused, ulong TimedOut);
