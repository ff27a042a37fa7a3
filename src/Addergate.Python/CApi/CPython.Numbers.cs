using Addergate.Python.Ownership;

namespace Addergate.Python;

/// <content>longobject.h, floatobject.h</content>
public static unsafe partial class CPython
{
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<ulong, nint> _longFromUInt64;
    private static delegate* unmanaged[Cdecl]<nint, ulong> _longAsUInt64;
    private static delegate* unmanaged[Cdecl]<nint, long> _longAsInt64;
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<double, nint> _floatFromDouble;
    private static delegate* unmanaged[Cdecl]<nint, double> _floatAsDouble;

    public static Owned PyLong_FromUnsignedLongLong(ulong value) => Take(_longFromUInt64(value));

    /// <summary>The value; all ones with an exception when it is not an int of that range.</summary>
    public static ulong PyLong_AsUnsignedLongLong(Borrowed value) => _longAsUInt64(value.DangerousGetPointer());

    /// <summary>The value; -1 with an exception when it is not an int of that range.</summary>
    public static long PyLong_AsLongLong(Borrowed value) => _longAsInt64(value.DangerousGetPointer());

    public static Owned PyFloat_FromDouble(double value) => Take(_floatFromDouble(value));

    /// <summary>The value; -1 with an exception when it is no number.</summary>
    public static double PyFloat_AsDouble(Borrowed value) => _floatAsDouble(value.DangerousGetPointer());

    private static void BindNumbers(in SymbolTable symbols)
    {
        _longFromUInt64 = (delegate* unmanaged[Cdecl, SuppressGCTransition]<ulong, nint>)
            symbols.Require("PyLong_FromUnsignedLongLong");
        _longAsUInt64 = (delegate* unmanaged[Cdecl]<nint, ulong>)symbols.Require("PyLong_AsUnsignedLongLong");
        _longAsInt64 = (delegate* unmanaged[Cdecl]<nint, long>)symbols.Require("PyLong_AsLongLong");
        _floatFromDouble = (delegate* unmanaged[Cdecl, SuppressGCTransition]<double, nint>)
            symbols.Require("PyFloat_FromDouble");
        _floatAsDouble = (delegate* unmanaged[Cdecl]<nint, double>)symbols.Require("PyFloat_AsDouble");
    }
}
