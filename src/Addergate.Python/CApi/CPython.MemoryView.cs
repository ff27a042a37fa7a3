using Addergate.Python.Ownership;

namespace Addergate.Python;

/// <content>memoryobject.h</content>
public static unsafe partial class CPython
{
    private const int BufferRead = 0x100;

    private static delegate* unmanaged[Cdecl]<void*, nint, int, nint> _memoryViewFromMemory;

    /// <summary>A read-only view of native memory that lives as long as the process.</summary>
    public static Owned PyMemoryView_FromMemory(void* memory, nint size) =>
        Take(_memoryViewFromMemory(memory, size, BufferRead));

    private static void BindMemoryView(in SymbolTable symbols) =>
        _memoryViewFromMemory = (delegate* unmanaged[Cdecl]<void*, nint, int, nint>)
            symbols.Require("PyMemoryView_FromMemory");
}
