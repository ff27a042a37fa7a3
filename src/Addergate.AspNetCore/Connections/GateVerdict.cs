namespace Addergate.AspNetCore.Connections;

/// <summary>A connection's feature once the gate has refused what came on it.</summary>
/// <param name="Violation">Why.</param>
internal sealed record GateVerdict(Violation Violation);
