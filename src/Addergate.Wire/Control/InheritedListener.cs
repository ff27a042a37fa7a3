namespace Addergate.Wire.Control;

/// <summary>A listening socket that the supervisor bound and the front end inherits.</summary>
/// <param name="Descriptor">Its number in the front end.</param>
/// <param name="IsSecure">Whether it speaks TLS.</param>
public readonly record struct InheritedListener(int Descriptor, bool IsSecure);
