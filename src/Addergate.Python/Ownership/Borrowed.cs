namespace Addergate.Python.Ownership;

/// <summary>A reference that someone else owns; it is good as long as that owner keeps it. May be null, which in a
/// result means that a Python exception is set unless the function says otherwise. Use it with the GIL held.</summary>
public readonly ref struct Borrowed
{
    private readonly nint _pointer;

    internal Borrowed(nint pointer) => _pointer = pointer;

    public static Borrowed Null => default;

    public bool IsNull => _pointer == 0;

    /// <summary>A reference of one's own to the same object.</summary>
    public Owned Own()
    {
        CPython.Py_IncRef(this);
        return new Owned(_pointer);
    }

    public bool Is(Borrowed other) => _pointer == other._pointer;

    /// <summary>An argument or result of a function that Python calls. The caller vouches for its owner.</summary>
    public static Borrowed DangerousFrom(nint pointer) => new(pointer);

    public nint DangerousGetPointer() => _pointer;
}
