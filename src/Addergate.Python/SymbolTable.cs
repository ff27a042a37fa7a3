using System.Runtime.InteropServices;

namespace Addergate.Python;

/// <summary>The C API's symbols in the running process: in the program itself (static builds and everything that it
/// links), else in libpython.</summary>
internal readonly struct SymbolTable
{
    private readonly nint _program;
    private readonly nint _library;

    /// <param name="libraryName">File name of this Python's shared library, for an interpreter that loaded it out of
    /// the program's scope.</param>
    internal SymbolTable(string libraryName)
    {
        _program = NativeLibrary.GetMainProgramHandle();
        _library = 0;
        if (!NativeLibrary.TryGetExport(_program, "Py_GetVersion", out _))
        {
            NativeLibrary.TryLoad(libraryName, out _library);
        }
    }

    /// <exception cref="MissingSymbolException">This Python does not have it.</exception>
    internal nint Require(string name) => Find(name) is var address && address != 0
        ? address
        : throw new MissingSymbolException(name);

    /// <summary>The address, or 0.</summary>
    internal nint Find(string name)
    {
        if (NativeLibrary.TryGetExport(_program, name, out var address))
        {
            return address;
        }

        return _library != 0 && NativeLibrary.TryGetExport(_library, name, out address) ? address : 0;
    }

    /// <summary>A static object such as a built-in type.</summary>
    internal Ownership.Kept RequireObject(string name) => new(Require(name));

    /// <summary>An object behind a static pointer such as <c>PyExc_TypeError</c>.</summary>
    internal unsafe Ownership.Kept RequireObjectAt(string name) => new(*(nint*)Require(name));
}
