namespace Addergate.Python.Gil;

/// <summary>The stretch of code in which a thread has the GIL, inside a <see cref="GilReleased"/>.</summary>
public readonly ref struct GilTaken : IDisposable
{
    /// <summary>Lets go of the GIL again.</summary>
    public void Dispose() => CPython.PyEval_SaveThread();
}
