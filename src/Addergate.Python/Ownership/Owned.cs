namespace Addergate.Python.Ownership;

/// <summary>
/// A reference of one's own: dispose it, <see cref="Steal"/> it or <see cref="Keep"/> it, exactly once. May be null,
/// which in a result means that a Python exception is set. Use and dispose it with the GIL held: disposing can run any
/// Python code.
/// </summary>
public ref struct Owned : IDisposable
{
    private nint _pointer;

    internal Owned(nint pointer) => _pointer = pointer;

    public readonly bool IsNull => _pointer == 0;

    public static implicit operator Borrowed(Owned owned) => new(owned._pointer);

    /// <summary>Gives the reference up; disposing again is harmless.</summary>
    public void Dispose()
    {
        var pointer = _pointer;
        _pointer = 0;
        if (pointer != 0)
        {
            CPython.Py_DecRef(pointer);
        }
    }

    /// <summary>Hands the reference to a function that takes it over, whether it succeeds or not.</summary>
    public Stolen Steal()
    {
        var pointer = _pointer;
        _pointer = 0;
        return new Stolen(pointer);
    }

    /// <summary>Makes it a reference for the rest of the process.</summary>
    public Kept Keep() => new(DangerousRelease());

    /// <summary>Gives the reference out as the result of a function that Python called, or to a field.</summary>
    public nint DangerousRelease()
    {
        var pointer = _pointer;
        _pointer = 0;
        return pointer;
    }

    /// <summary>Takes over a pointer whose reference nobody else owns.</summary>
    public static Owned DangerousFrom(nint pointer) => new(pointer);
}
