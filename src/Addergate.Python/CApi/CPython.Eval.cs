namespace Addergate.Python;

/// <content>ceval.h; <see cref="Gil.GilReleased"/> is how the rest of the code uses it</content>
public static unsafe partial class CPython
{
    private static delegate* unmanaged[Cdecl]<nint> _saveThread;
    private static delegate* unmanaged[Cdecl]<nint, void> _restoreThread;

    internal static nint PyEval_SaveThread() => _saveThread();

    internal static void PyEval_RestoreThread(nint state) => _restoreThread(state);

    private static void BindEval(in SymbolTable symbols)
    {
        _saveThread = (delegate* unmanaged[Cdecl]<nint>)symbols.Require("PyEval_SaveThread");
        _restoreThread = (delegate* unmanaged[Cdecl]<nint, void>)symbols.Require("PyEval_RestoreThread");
    }
}
