using Addergate.Python.Ownership;

namespace Addergate.Python;

/// <content>bytesobject.h</content>
public static unsafe partial class CPython
{
    private static delegate* unmanaged[Cdecl]<byte*, nint, nint> _bytesFromStringAndSize;
    private static delegate* unmanaged[Cdecl]<nint, byte**, nint*, int> _bytesAsStringAndSize;

    /// <summary><c>bytes</c>.</summary>
    public static Kept PyBytes_Type { get; private set; }

    public static Owned PyBytes_FromStringAndSize(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            byte none = 0;
            return Take(_bytesFromStringAndSize(start == null ? &none : start, bytes.Length));
        }
    }

    /// <summary>A bytes object whose contents the caller fills in before anybody else sees it.</summary>
    public static Owned PyBytes_New(int size, out byte* contents)
    {
        var bytes = Take(_bytesFromStringAndSize(null, size));
        contents = null;
        if (!bytes.IsNull)
        {
            PyBytes_AsStringAndSize(bytes, out contents, out _);
        }

        return bytes;
    }

    /// <summary>The contents, owned by the object. False with TypeError when it is not bytes.</summary>
    public static bool PyBytes_AsStringAndSize(Borrowed value, out byte* contents, out nint size)
    {
        byte* start;
        nint length;
        var result = _bytesAsStringAndSize(value.DangerousGetPointer(), &start, &length);
        contents = start;
        size = length;
        return result == 0;
    }

    private static void BindBytes(in SymbolTable symbols)
    {
        _bytesFromStringAndSize = (delegate* unmanaged[Cdecl]<byte*, nint, nint>)
            symbols.Require("PyBytes_FromStringAndSize");
        _bytesAsStringAndSize = (delegate* unmanaged[Cdecl]<nint, byte**, nint*, int>)
            symbols.Require("PyBytes_AsStringAndSize");
        PyBytes_Type = symbols.RequireObject("PyBytes_Type");
    }
}
