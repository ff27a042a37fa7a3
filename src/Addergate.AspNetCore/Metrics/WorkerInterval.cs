using Addergate.Wire.Telemetry;

namespace Addergate.AspNetCore.Metrics;

/// <summary>One worker between two samples.</summary>
/// <param name="Application">Of the application, counted from 0.</param>
/// <param name="ProcessId">Its process id.</param>
/// <param name="Counts">What its requests came to.</param>
/// <param name="Running">For each of its request threads: for how long it has been taken, in seconds; null while it is free.
/// </param>
internal sealed record WorkerInterval(int Application, int ProcessId, RequestCounts Counts, IReadOnlyList<double?> Running);
