using Addergate.Posix.Memory;
using Addergate.Posix.Processes;
using Addergate.Python;

namespace Addergate.Worker.Watch;

/// <summary>
/// Application code may fork. In the child there are no other threads, so the .NET runtime must not be relied on: no
/// garbage collection, no locks. Asking costs a read of memory that the kernel zeroes in the child.
/// </summary>
internal static unsafe class ForkGuard
{
    private static int* _isParent;

    /// <summary>Called once in the process that loads us.</summary>
    internal static void Arm() => _isParent = WipedOnFork.Create();

    /// <summary>False with OSError set in a forked child. The GIL is held.</summary>
    internal static bool Check()
    {
        if (*_isParent != 0)
        {
            return true;
        }

        CPython.PyErr_SetString(
            CPython.PyExc_OSError, "Addergate's request objects do not work in a forked child process");
        return false;
    }

    /// <summary>Ends a forked child that returns from the application into our request loop: the request and the
    /// connection are its parent's.</summary>
    internal static void EndForkedChild()
    {
        if (*_isParent == 0)
        {
            ImmediateExit.Exit(0);
        }
    }
}
