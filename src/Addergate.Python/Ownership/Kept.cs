namespace Addergate.Python.Ownership;

/// <summary>A reference owned for the life of the process, so that it may be borrowed at any time: interned strings,
/// classes, the application.</summary>
public readonly struct Kept
{
    private readonly nint _pointer;

    internal Kept(nint pointer) => _pointer = pointer;

    public bool IsNull => _pointer == 0;

    public static implicit operator Borrowed(Kept kept) => new(kept._pointer);
}
