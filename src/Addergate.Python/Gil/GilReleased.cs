namespace Addergate.Python.Gil;

/// <summary>
/// The stretch of code in which this thread, which Python created and which held the GIL, does without it. Every call
/// that may block belongs in one. The thread keeps its own thread state, never PyGILState.
/// </summary>
public readonly ref struct GilReleased : IDisposable
{
    private readonly nint _threadState;

    private GilReleased(nint threadState) => _threadState = threadState;

    /// <summary>Lets go of the GIL until the result is disposed.</summary>
    public static GilReleased Begin() => new(CPython.PyEval_SaveThread());

    /// <summary>Takes the GIL for a while inside the stretch. Hold no managed lock here.</summary>
    public GilTaken Take()
    {
        CPython.PyEval_RestoreThread(_threadState);
        return default;
    }

    /// <summary>Takes the GIL again.</summary>
    public void Dispose() => CPython.PyEval_RestoreThread(_threadState);
}
