using Addergate.Python;

namespace Addergate.Worker.Watch;

/// <summary>
/// When <c>mod_wsgi.RequestTimeout</c> may be raised in a request thread: from the call of the application until just
/// before <c>close()</c> of its response, and in the request that is meant.
/// <code>
///                Open                     Close            End
///  Idle(n-1) ──► Open(n) ───────────────► Closed(n) ─────► Idle(n)
///                  │ TryRaise               ▲
///                  └──► Raising(n) ► Raised(n)   what was not raised by then is taken back
/// </code>
/// An asynchronous exception stays pending in a thread that runs no Python, and would then hit whatever comes next: so
/// the thread itself takes it back when the window closes. All moves are made with the GIL held, which settles each
/// race: Raising is never seen by the other thread, but in a build without a GIL.
/// </summary>
internal sealed class TimeoutWindow
{
    private const int StateBits = 3;
    private const ulong StateMask = (1 << StateBits) - 1;

    private ulong _word;
    private nuint _thread;
    private bool _isUnsettled;

    private enum State : ulong
    {
        Idle = 0,
        Open = 1,
        Raising = 2,
        Raised = 3,
        Closed = 4,
    }

    /// <summary>The request thread, as Python knows it.</summary>
    internal nuint Thread => _thread;

    /// <summary>Called once, by the request thread.</summary>
    internal void Attach() => _thread = CPython.PyThread_get_thread_ident();

    /// <summary>Request thread, right before the application is called.</summary>
    internal void Open(ulong request) => Interlocked.Exchange(ref _word, Word(request, State.Open));

    /// <summary>Control thread: whether the request runs, at whatever point.</summary>
    internal bool IsRunning(ulong request)
    {
        var word = Volatile.Read(ref _word);
        return word >> StateBits == request && (State)(word & StateMask) != State.Idle;
    }

    /// <summary>Control thread: raises, if this request runs and its window is open. Once for each request.</summary>
    internal bool TryRaise(ulong request, WorkerContext context)
    {
        var open = Word(request, State.Open);
        if (Interlocked.CompareExchange(ref _word, Word(request, State.Raising), open) != open)
        {
            return false;
        }

        CPython.PyThreadState_SetAsyncExc(_thread, context.RequestTimeout);
        Volatile.Write(ref _word, Word(request, State.Raised));
        return true;
    }

    /// <summary>Request thread: from here on nothing is raised, and what is still pending is not either. Runs no
    /// Python, so an exception may be set. Harmless when repeated.</summary>
    internal void Close()
    {
        var spin = default(SpinWait);
        while (true)
        {
            var word = Volatile.Read(ref _word);
            var state = (State)(word & StateMask);
            if (state is State.Closed or State.Idle)
            {
                return;
            }

            if (state == State.Raising)
            {
                spin.SpinOnce();
            }
            else if (Interlocked.CompareExchange(ref _word, (word & ~StateMask) | (ulong)State.Closed, word) == word)
            {
                if (state == State.Raised)
                {
                    CPython.PyThreadState_SetAsyncExc(_thread, default);
                    _isUnsettled = true;
                }

                return;
            }
        }
    }

    /// <summary>Request thread: clears an exception that does not matter, but raises again what was raised on purpose.
    /// </summary>
    internal void ClearError(WorkerContext context)
    {
        var isOurs = (State)(Volatile.Read(ref _word) & StateMask) == State.Raised
            && CPython.PyErr_ExceptionMatches(context.RequestTimeout);
        CPython.PyErr_Clear();
        if (isOurs)
        {
            CPython.PyThreadState_SetAsyncExc(_thread, context.RequestTimeout);
        }
    }

    /// <summary>Request thread, when the request is over. No exception may be set.</summary>
    internal void End(WorkerContext context)
    {
        Close();
        Interlocked.And(ref _word, ~StateMask);
        if (!_isUnsettled)
        {
            return;
        }

        // CPython before 3.13 leaves its evaluation loop on the slow path when an exception was taken back (12 to 45 %
        // slower in a plain loop): only one that is raised ends that, so one is, where it does no harm.
        _isUnsettled = false;
        CPython.PyThreadState_SetAsyncExc(_thread, context.RequestTimeout);
        using var nothing = CPython.Call(context.SettleTimeout);
        CPython.PyErr_Clear();
        CPython.PyThreadState_SetAsyncExc(_thread, default);
    }

    private static ulong Word(ulong request, State state) => (request << StateBits) | (ulong)state;
}
