using Addergate.Python.Ownership;

namespace Addergate.Python;

/// <summary>
/// The CPython C API of the process that loaded us, bound by name. C names are kept; each partial file is one C header
/// family and its contract is that header's: the GIL is held, a null result has an exception set. Only functions of
/// the stable ABI or long exported ones are here, and no struct of CPython's is ever read, so that one build serves
/// every version and free-threaded builds.
/// <para>
/// SuppressGCTransition is used on what never runs Python, blocks or takes the GIL; everything else makes the full
/// transition.
/// </para>
/// </summary>
public static unsafe partial class CPython
{
    /// <summary>Binds everything, once, before any other use.</summary>
    /// <param name="libraryName">As libpython's file is called for this Python.</param>
    /// <exception cref="MissingSymbolException">This Python lacks a function.</exception>
    public static void Bind(string libraryName)
    {
        var symbols = new SymbolTable(libraryName);
        BindObject(symbols);
        BindCall(symbols);
        BindUnicode(symbols);
        BindBytes(symbols);
        BindNumbers(symbols);
        BindContainers(symbols);
        BindErrors(symbols);
        BindEval(symbols);
        BindState(symbols);
        BindModule(symbols);
        BindMemoryView(symbols);
    }

    private static Owned Take(nint pointer) => new(pointer);
}
