using System.Text;
using Addergate.Python.Ownership;

namespace Addergate.Python;

/// <content>moduleobject.h, methodobject.h, import.h</content>
public static unsafe partial class CPython
{
    private static delegate* unmanaged[Cdecl]<byte*, nint> _moduleNew;
    private static delegate* unmanaged[Cdecl]<nint, nint> _moduleGetDict;
    private static delegate* unmanaged[Cdecl]<nint> _importGetModuleDict;
    private static delegate* unmanaged[Cdecl]<PyMethodDef*, nint, nint, nint> _cfunctionNew;

    public static Owned PyModule_New(string name)
    {
        fixed (byte* start = Encoding.UTF8.GetBytes(name + '\0'))
        {
            return Take(_moduleNew(start));
        }
    }

    public static Borrowed PyModule_GetDict(Borrowed module) => new(_moduleGetDict(module.DangerousGetPointer()));

    /// <summary><c>sys.modules</c>.</summary>
    public static Borrowed PyImport_GetModuleDict() => new(_importGetModuleDict());

    /// <summary>A built-in function object.</summary>
    /// <param name="definition">Lives as long as the process.</param>
    /// <param name="self">Handed to the function as its first argument; may be null.</param>
    public static Owned PyCFunction_NewEx(PyMethodDef* definition, Borrowed self) =>
        Take(_cfunctionNew(definition, self.DangerousGetPointer(), 0));

    private static void BindModule(in SymbolTable symbols)
    {
        _moduleNew = (delegate* unmanaged[Cdecl]<byte*, nint>)symbols.Require("PyModule_New");
        _moduleGetDict = (delegate* unmanaged[Cdecl]<nint, nint>)symbols.Require("PyModule_GetDict");
        _importGetModuleDict = (delegate* unmanaged[Cdecl]<nint>)symbols.Require("PyImport_GetModuleDict");
        _cfunctionNew = (delegate* unmanaged[Cdecl]<PyMethodDef*, nint, nint, nint>)
            symbols.Require("PyCFunction_NewEx");
    }
}
