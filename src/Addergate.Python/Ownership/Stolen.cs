namespace Addergate.Python.Ownership;

/// <summary>A reference on its way into a function that takes it over.</summary>
public readonly ref struct Stolen
{
    internal readonly nint Pointer;

    internal Stolen(nint pointer) => Pointer = pointer;
}
