namespace Addergate.Wire.Control;

/// <summary>What one worker does, in LOAD.</summary>
/// <param name="Worker">The worker's number.</param>
/// <param name="Completed">Requests that it has answered in its life.</param>
/// <param name="Running">Requests that it runs.</param>
/// <param name="IdleMilliseconds">Since its last request that counts as activity ended; 0 while one runs;
/// <see cref="NeverActive"/> before the first.</param>
public readonly record struct WorkerLoad(uint Worker, ulong Completed, ushort Running, uint IdleMilliseconds)
{
    /// <summary>An idle time of a worker that has had nothing to do yet.</summary>
    public const uint NeverActive = uint.MaxValue;
}
