namespace Addergate.Wire.Control;

/// <summary>A message whose kind says everything: DRAIN, HAND_OVER, PING, PONG, READY, DRAINED, EVICT, ASK_STATUS.</summary>
public sealed record SignalMessage(ControlKind Kind) : ControlMessage(Kind);
