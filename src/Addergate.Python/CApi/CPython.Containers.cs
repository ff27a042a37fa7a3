using Addergate.Python.Ownership;

namespace Addergate.Python;

/// <content>dictobject.h, listobject.h, tupleobject.h</content>
public static unsafe partial class CPython
{
    private static delegate* unmanaged[Cdecl]<nint, nint> _dictCopy;
    private static delegate* unmanaged[Cdecl]<nint, nint, nint, int> _dictSetItem;
    private static delegate* unmanaged[Cdecl]<nint, nint, nint> _dictGetItem;
    private static delegate* unmanaged[Cdecl]<nint, nint> _listSize;
    private static delegate* unmanaged[Cdecl]<nint, nint, nint> _listGetItem;
    private static delegate* unmanaged[Cdecl]<nint, nint> _tupleNew;
    private static delegate* unmanaged[Cdecl]<nint, nint, nint, int> _tupleSetItem;
    private static delegate* unmanaged[Cdecl]<nint, nint> _tupleSize;
    private static delegate* unmanaged[Cdecl]<nint, nint, nint> _tupleGetItem;

    /// <summary><c>list</c>.</summary>
    public static Kept PyList_Type { get; private set; }

    /// <summary><c>tuple</c>.</summary>
    public static Kept PyTuple_Type { get; private set; }

    public static Owned PyDict_Copy(Borrowed dict) => Take(_dictCopy(dict.DangerousGetPointer()));

    /// <returns>False with an exception.</returns>
    public static bool PyDict_SetItem(Borrowed dict, Borrowed key, Borrowed value) =>
        _dictSetItem(dict.DangerousGetPointer(), key.DangerousGetPointer(), value.DangerousGetPointer()) == 0;

    /// <summary>The value, or null without an exception.</summary>
    public static Borrowed PyDict_GetItem(Borrowed dict, Borrowed key) =>
        new(_dictGetItem(dict.DangerousGetPointer(), key.DangerousGetPointer()));

    /// <summary>-1 with SystemError when it is no list.</summary>
    public static nint PyList_Size(Borrowed list) => _listSize(list.DangerousGetPointer());

    public static Borrowed PyList_GetItem(Borrowed list, nint index) =>
        new(_listGetItem(list.DangerousGetPointer(), index));

    /// <summary>-1 with SystemError when it is no tuple.</summary>
    public static nint PyTuple_Size(Borrowed tuple) => _tupleSize(tuple.DangerousGetPointer());

    public static Borrowed PyTuple_GetItem(Borrowed tuple, nint index) =>
        new(_tupleGetItem(tuple.DangerousGetPointer(), index));

    public static Owned PyTuple_New(int size) => Take(_tupleNew(size));

    public static void PyTuple_SetItem(Borrowed tuple, int index, Stolen item) =>
        _tupleSetItem(tuple.DangerousGetPointer(), index, item.Pointer);

    private static void BindContainers(in SymbolTable symbols)
    {
        _dictCopy = (delegate* unmanaged[Cdecl]<nint, nint>)symbols.Require("PyDict_Copy");
        _dictSetItem = (delegate* unmanaged[Cdecl]<nint, nint, nint, int>)symbols.Require("PyDict_SetItem");
        _dictGetItem = (delegate* unmanaged[Cdecl]<nint, nint, nint>)symbols.Require("PyDict_GetItem");
        _listSize = (delegate* unmanaged[Cdecl]<nint, nint>)symbols.Require("PyList_Size");
        _listGetItem = (delegate* unmanaged[Cdecl]<nint, nint, nint>)symbols.Require("PyList_GetItem");
        _tupleNew = (delegate* unmanaged[Cdecl]<nint, nint>)symbols.Require("PyTuple_New");
        _tupleSetItem = (delegate* unmanaged[Cdecl]<nint, nint, nint, int>)symbols.Require("PyTuple_SetItem");
        _tupleSize = (delegate* unmanaged[Cdecl]<nint, nint>)symbols.Require("PyTuple_Size");
        _tupleGetItem = (delegate* unmanaged[Cdecl]<nint, nint, nint>)symbols.Require("PyTuple_GetItem");
        PyList_Type = symbols.RequireObject("PyList_Type");
        PyTuple_Type = symbols.RequireObject("PyTuple_Type");
    }
}
