using Addergate.Python.Ownership;

namespace Addergate.Python;

/// <content>object.h</content>
public static unsafe partial class CPython
{
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, void> _incRef;
    private static delegate* unmanaged[Cdecl]<nint, void> _decRef;
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nint> _type;
    private static delegate* unmanaged[Cdecl]<nint, nint, nint> _getAttr;
    private static delegate* unmanaged[Cdecl]<nint, int> _isTrue;
    private static delegate* unmanaged[Cdecl]<nint, int> _callable;
    private static delegate* unmanaged[Cdecl]<nint, nint> _str;
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nint, int> _isSubtype;

    /// <summary><c>None</c>.</summary>
    public static Kept Py_None { get; private set; }

    /// <summary><c>True</c>.</summary>
    public static Kept Py_True { get; private set; }

    /// <summary><c>False</c>.</summary>
    public static Kept Py_False { get; private set; }

    public static void Py_IncRef(Borrowed value) => _incRef(value.DangerousGetPointer());

    /// <summary>Can run any Python code.</summary>
    internal static void Py_DecRef(nint value) => _decRef(value);

    public static Owned PyObject_Type(Borrowed value) => Take(_type(value.DangerousGetPointer()));

    /// <summary>Whether the value is of exactly this type. Sets no exception.</summary>
    public static bool IsExactly(Borrowed value, Borrowed type)
    {
        using var actual = PyObject_Type(value);
        return ((Borrowed)actual).Is(type);
    }

    /// <summary>Whether the value's type is this one or derives from it, whatever <c>__class__</c> says. Sets no
    /// exception.</summary>
    public static bool IsInstance(Borrowed value, Borrowed type)
    {
        using var actual = PyObject_Type(value);
        Borrowed borrowed = actual;
        return borrowed.Is(type) || _isSubtype(borrowed.DangerousGetPointer(), type.DangerousGetPointer()) != 0;
    }

    /// <summary>Whether a type is another or derives from it. Sets no exception.</summary>
    public static bool IsSubclass(Borrowed type, Borrowed ancestor) =>
        _isSubtype(type.DangerousGetPointer(), ancestor.DangerousGetPointer()) != 0;

    public static Owned PyObject_GetAttr(Borrowed value, Borrowed name) =>
        Take(_getAttr(value.DangerousGetPointer(), name.DangerousGetPointer()));

    /// <returns>1, 0, or -1 with an exception.</returns>
    public static int PyObject_IsTrue(Borrowed value) => _isTrue(value.DangerousGetPointer());

    public static bool PyCallable_Check(Borrowed value) => _callable(value.DangerousGetPointer()) != 0;

    public static Owned PyObject_Str(Borrowed value) => Take(_str(value.DangerousGetPointer()));

    private static void BindObject(in SymbolTable symbols)
    {
        _incRef = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, void>)symbols.Require("Py_IncRef");
        _decRef = (delegate* unmanaged[Cdecl]<nint, void>)symbols.Require("Py_DecRef");
        _type = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nint>)symbols.Require("PyObject_Type");
        _getAttr = (delegate* unmanaged[Cdecl]<nint, nint, nint>)symbols.Require("PyObject_GetAttr");
        _isTrue = (delegate* unmanaged[Cdecl]<nint, int>)symbols.Require("PyObject_IsTrue");
        _callable = (delegate* unmanaged[Cdecl]<nint, int>)symbols.Require("PyCallable_Check");
        _str = (delegate* unmanaged[Cdecl]<nint, nint>)symbols.Require("PyObject_Str");
        _isSubtype = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nint, int>)
            symbols.Require("PyType_IsSubtype");
        Py_None = symbols.RequireObject("_Py_NoneStruct");
        Py_True = symbols.RequireObject("_Py_TrueStruct");
        Py_False = symbols.RequireObject("_Py_FalseStruct");
    }
}
