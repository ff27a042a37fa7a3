using System.Text;
using Addergate.Python.Ownership;

namespace Addergate.Python;

/// <content>pyerrors.h</content>
public static unsafe partial class CPython
{
    private static delegate* unmanaged[Cdecl]<nint> _errOccurred;
    private static delegate* unmanaged[Cdecl]<void> _errClear;
    private static delegate* unmanaged[Cdecl]<nint, byte*, void> _errSetString;
    private static delegate* unmanaged[Cdecl]<nint*, nint*, nint*, void> _errFetch;
    private static delegate* unmanaged[Cdecl]<nint, nint, nint, void> _errRestore;
    private static delegate* unmanaged[Cdecl]<nint*, nint*, nint*, void> _errNormalize;
    private static delegate* unmanaged[Cdecl]<nint, int> _errMatches;

    public static Kept PyExc_TypeError { get; private set; }

    public static Kept PyExc_ValueError { get; private set; }

    public static Kept PyExc_AssertionError { get; private set; }

    public static Kept PyExc_AttributeError { get; private set; }

    public static Kept PyExc_RuntimeError { get; private set; }

    public static Kept PyExc_SystemError { get; private set; }

    public static Kept PyExc_OSError { get; private set; }

    public static Kept PyExc_ConnectionResetError { get; private set; }

    /// <summary>Whether an exception is set.</summary>
    public static bool PyErr_Occurred() => _errOccurred() != 0;

    public static void PyErr_Clear() => _errClear();

    public static void PyErr_SetString(Borrowed type, string message)
    {
        fixed (byte* start = Encoding.UTF8.GetBytes(message + '\0'))
        {
            _errSetString(type.DangerousGetPointer(), start);
        }
    }

    /// <summary>Whether the exception that is set is of this type.</summary>
    public static bool PyErr_ExceptionMatches(Borrowed type) => _errMatches(type.DangerousGetPointer()) != 0;

    /// <summary>Takes the exception that is set, normalized; any of the three may be null.</summary>
    public static void PyErr_Fetch(out Owned type, out Owned value, out Owned traceback)
    {
        nint t, v, b;
        _errFetch(&t, &v, &b);
        if (t != 0)
        {
            _errNormalize(&t, &v, &b);
        }

        type = Take(t);
        value = Take(v);
        traceback = Take(b);
    }

    public static void PyErr_Restore(Stolen type, Stolen value, Stolen traceback) =>
        _errRestore(type.Pointer, value.Pointer, traceback.Pointer);

    private static void BindErrors(in SymbolTable symbols)
    {
        _errOccurred = (delegate* unmanaged[Cdecl]<nint>)symbols.Require("PyErr_Occurred");
        _errClear = (delegate* unmanaged[Cdecl]<void>)symbols.Require("PyErr_Clear");
        _errSetString = (delegate* unmanaged[Cdecl]<nint, byte*, void>)symbols.Require("PyErr_SetString");
        _errFetch = (delegate* unmanaged[Cdecl]<nint*, nint*, nint*, void>)symbols.Require("PyErr_Fetch");
        _errRestore = (delegate* unmanaged[Cdecl]<nint, nint, nint, void>)symbols.Require("PyErr_Restore");
        _errNormalize = (delegate* unmanaged[Cdecl]<nint*, nint*, nint*, void>)
            symbols.Require("PyErr_NormalizeException");
        _errMatches = (delegate* unmanaged[Cdecl]<nint, int>)symbols.Require("PyErr_ExceptionMatches");
        PyExc_TypeError = symbols.RequireObjectAt("PyExc_TypeError");
        PyExc_ValueError = symbols.RequireObjectAt("PyExc_ValueError");
        PyExc_AssertionError = symbols.RequireObjectAt("PyExc_AssertionError");
        PyExc_AttributeError = symbols.RequireObjectAt("PyExc_AttributeError");
        PyExc_RuntimeError = symbols.RequireObjectAt("PyExc_RuntimeError");
        PyExc_SystemError = symbols.RequireObjectAt("PyExc_SystemError");
        PyExc_OSError = symbols.RequireObjectAt("PyExc_OSError");
        PyExc_ConnectionResetError = symbols.RequireObjectAt("PyExc_ConnectionResetError");
    }
}
