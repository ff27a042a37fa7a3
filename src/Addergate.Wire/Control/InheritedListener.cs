namespace Addergate.Wire.Control;

/// <summary>A listening socket that the supervisor bound and the front end inherits.</summary>
/// <param name="Descriptor">Its number in the front end.</param>
/// <param name="Use">What it is for.</param>
public readonly record struct InheritedListener(int Descriptor, ListenerUse Use);
