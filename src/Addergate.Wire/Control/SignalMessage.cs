namespace Addergate.Wire.Control;

/// <summary>A message whose kind says everything: DRAIN, STOP, PING, PONG, READY, DRAINED.</summary>
public sealed record SignalMessage(ControlKind Kind) : ControlMessage(Kind);
