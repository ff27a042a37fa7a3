using Addergate.Python.Ownership;

namespace Addergate.Python;

/// <content>abstract.h: calls and iteration</content>
public static unsafe partial class CPython
{
    // The word before the arguments may be overwritten by the callee.
    private const ulong ArgumentsOffset = 1UL << 63;

    private static delegate* unmanaged[Cdecl]<nint, nint*, ulong, nint, nint> _vectorcall;
    private static delegate* unmanaged[Cdecl]<nint, nint, nint, nint> _call;
    private static delegate* unmanaged[Cdecl]<nint, nint> _getIter;
    private static delegate* unmanaged[Cdecl]<nint, nint> _iterNext;
    private static delegate* unmanaged[Cdecl]<nint, nint> _size;

    public static Owned Call(Borrowed callable) => Call(callable, null, 0);

    public static Owned Call(Borrowed callable, Borrowed first)
    {
        var arguments = stackalloc nint[2];
        arguments[1] = first.DangerousGetPointer();
        return Call(callable, arguments + 1, 1);
    }

    public static Owned Call(Borrowed callable, Borrowed first, Borrowed second)
    {
        var arguments = stackalloc nint[3];
        arguments[1] = first.DangerousGetPointer();
        arguments[2] = second.DangerousGetPointer();
        return Call(callable, arguments + 1, 2);
    }

    public static Owned Call(Borrowed callable, Borrowed first, Borrowed second, Borrowed third)
    {
        var arguments = stackalloc nint[4];
        arguments[1] = first.DangerousGetPointer();
        arguments[2] = second.DangerousGetPointer();
        arguments[3] = third.DangerousGetPointer();
        return Call(callable, arguments + 1, 3);
    }

    public static Owned Call(Borrowed callable, Borrowed first, Borrowed second, Borrowed third, Borrowed fourth)
    {
        var arguments = stackalloc nint[5];
        arguments[1] = first.DangerousGetPointer();
        arguments[2] = second.DangerousGetPointer();
        arguments[3] = third.DangerousGetPointer();
        arguments[4] = fourth.DangerousGetPointer();
        return Call(callable, arguments + 1, 4);
    }

    public static Owned PyObject_GetIter(Borrowed value) => Take(_getIter(value.DangerousGetPointer()));

    /// <summary>The next item. Null without an exception is the end.</summary>
    public static Owned PyIter_Next(Borrowed iterator) => Take(_iterNext(iterator.DangerousGetPointer()));

    /// <summary><c>len()</c>; -1 with an exception where there is none.</summary>
    public static nint PyObject_Size(Borrowed value) => _size(value.DangerousGetPointer());

    /// <summary>PyObject_Vectorcall, or PyObject_Call in front of 3.11, where shared builds do not export it.</summary>
    private static Owned Call(Borrowed callable, nint* arguments, int count)
    {
        if (_vectorcall != null)
        {
            return Take(_vectorcall(
                callable.DangerousGetPointer(), arguments, (uint)count | (count > 0 ? ArgumentsOffset : 0), 0));
        }

        using var tuple = PyTuple_New(count);
        if (tuple.IsNull)
        {
            return default;
        }

        for (var i = 0; i < count; i++)
        {
            PyTuple_SetItem(tuple, i, Borrowed.DangerousFrom(arguments[i]).Own().Steal());
        }

        return Take(_call(callable.DangerousGetPointer(), ((Borrowed)tuple).DangerousGetPointer(), 0));
    }

    private static void BindCall(in SymbolTable symbols)
    {
        _vectorcall = (delegate* unmanaged[Cdecl]<nint, nint*, ulong, nint, nint>)
            symbols.Find("PyObject_Vectorcall");
        _call = (delegate* unmanaged[Cdecl]<nint, nint, nint, nint>)symbols.Require("PyObject_Call");
        _getIter = (delegate* unmanaged[Cdecl]<nint, nint>)symbols.Require("PyObject_GetIter");
        _iterNext = (delegate* unmanaged[Cdecl]<nint, nint>)symbols.Require("PyIter_Next");
        _size = (delegate* unmanaged[Cdecl]<nint, nint>)symbols.Require("PyObject_Size");
    }
}
