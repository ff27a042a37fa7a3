using Addergate.Python.Ownership;

namespace Addergate.Python;

/// <content>pystate.h, pythread.h</content>
public static unsafe partial class CPython
{
    private static delegate* unmanaged[Cdecl]<nuint, nint, int> _setAsyncExc;
    private static delegate* unmanaged[Cdecl]<nuint> _threadIdentity;

    /// <summary>Makes a thread raise as soon as it next runs Python bytecode, and replaces what it had still to
    /// raise.</summary>
    /// <param name="thread">As <see cref="PyThread_get_thread_ident"/> says it there.</param>
    /// <param name="exception">The class; null takes back what has not been raised yet.</param>
    /// <returns>False when this interpreter has no such thread.</returns>
    public static bool PyThreadState_SetAsyncExc(nuint thread, Borrowed exception) =>
        _setAsyncExc(thread, exception.DangerousGetPointer()) != 0;

    /// <summary>What <c>threading.get_ident()</c> says in this thread.</summary>
    public static nuint PyThread_get_thread_ident() => _threadIdentity();

    private static void BindState(in SymbolTable symbols)
    {
        _setAsyncExc = (delegate* unmanaged[Cdecl]<nuint, nint, int>)symbols.Require("PyThreadState_SetAsyncExc");
        _threadIdentity = (delegate* unmanaged[Cdecl]<nuint>)symbols.Require("PyThread_get_thread_ident");
    }
}
