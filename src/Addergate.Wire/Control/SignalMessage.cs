namespace Addergate.Wire.Control;

/// <summary>A message whose kind says everything: DRAIN, HAND_OVER, PING, PONG, READY, DRAINED, EVICT.</summary>
public sealed record SignalMessage(ControlKind Kind) : ControlMessage(Kind);
