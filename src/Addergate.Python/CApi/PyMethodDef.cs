using System.Runtime.InteropServices;

namespace Addergate.Python;

/// <summary>CPython's PyMethodDef, which is plain C in every build. Made here, it is never freed.</summary>
public readonly unsafe struct PyMethodDef
{
    private const int FastCall = 0x0080;
    private const int Keywords = 0x0002;

    private readonly byte* _name;
    private readonly delegate* unmanaged[Cdecl]<nint, nint*, nint, nint, nint> _function;
    internal readonly int Flags;
    internal readonly byte* Documentation;

    private PyMethodDef(
        string name, delegate* unmanaged[Cdecl]<nint, nint*, nint, nint, nint> function, string documentation)
    {
        _name = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        _function = function;
        Flags = FastCall | Keywords;
        Documentation = (byte*)Marshal.StringToCoTaskMemUTF8(documentation);
    }

    /// <summary>The name that it was made with.</summary>
    public string Name => Marshal.PtrToStringUTF8((nint)_name) ?? "";

    /// <summary>A function that takes (self, arguments, count of positional arguments, tuple of keyword names or null)
    /// and returns a new reference, or null with an exception set. It is called with the GIL held.</summary>
    public static PyMethodDef* Create(
        string name, delegate* unmanaged[Cdecl]<nint, nint*, nint, nint, nint> function, string documentation)
    {
        var definition = (PyMethodDef*)NativeMemory.Alloc((nuint)sizeof(PyMethodDef));
        *definition = new PyMethodDef(name, function, documentation);
        return definition;
    }
}
