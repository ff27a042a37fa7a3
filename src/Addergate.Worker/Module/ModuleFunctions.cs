using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Addergate.Python;
using Addergate.Python.Gil;
using Addergate.Python.Ownership;
using Addergate.Worker.Slots;
using Addergate.Worker.Watch;
using Addergate.Worker.Wsgi;

namespace Addergate.Worker.Module;

/// <summary>
/// The functions of <c>_addergate</c> as Python calls them: with the GIL held, on a thread that Python created. No
/// exception may leave them, and in a forked child they raise OSError. Their arguments are the Python package's own,
/// so they are checked for what a mistake there would break, not against hostile callers.
/// </summary>
internal static unsafe class ModuleFunctions
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static nint Configure(nint self, nint* arguments, nint count, nint keywords) =>
        Guard(arguments, count, 1, static arguments =>
        {
            WorkerContext.Current = PlanReader.Read(Borrowed.DangerousFrom(arguments[0]));
            return None();
        });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static nint OpenFiles(nint self, nint* arguments, nint count, nint keywords) =>
        Guard(arguments, count, 0, static _ =>
        {
            RuntimeFiles.OpenAll();
            return None();
        });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static nint RunSlot(nint self, nint* arguments, nint count, nint keywords) =>
        Guard(arguments, count, 1, static arguments =>
        {
            var slot = (int)CPython.PyLong_AsLongLong(Borrowed.DangerousFrom(arguments[0]));
            WorkerContext.Current.Slots[slot].Run();
            return None();
        });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static nint RunControl(nint self, nint* arguments, nint count, nint keywords) =>
        Guard(arguments, count, 0, static _ =>
        {
            ControlLoop.Run(WorkerContext.Current);
            return None();
        });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static nint Stop(nint self, nint* arguments, nint count, nint keywords) =>
        Guard(arguments, count, 0, static _ =>
        {
            SlotSet.StopAll(WorkerContext.Current);
            return CPython.PyUnicode_FromString(ControlLoop.StopReason).DangerousRelease();
        });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static nint ReadBody(nint self, nint* arguments, nint count, nint keywords) =>
        Guard(arguments, count, 2, static arguments =>
        {
            var exchange = Exchange.Find(Borrowed.DangerousFrom(arguments[0]), "wsgi.input");
            var size = CPython.PyLong_AsLongLong(Borrowed.DangerousFrom(arguments[1]));
            return exchange is null ? 0 : RequestBodyReader.Read(exchange, size).DangerousRelease();
        });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static nint RequestId(nint self, nint* arguments, nint count, nint keywords) =>
        Guard(arguments, count, 0, static _ =>
        {
            var exchange = RequestThread.OfThisThread?.Exchange;
            return CPython.PyUnicode_DecodeLatin1(exchange is null ? default : exchange.RequestId)
                .DangerousRelease();
        });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static nint FlushLater(nint self, nint* arguments, nint count, nint keywords) =>
        Guard(arguments, count, 0, static _ =>
        {
            if (RequestThread.OfThisThread?.Exchange is { IsActive: true } exchange)
            {
                exchange.HasPartialErrors = true;
            }

            return None();
        });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static nint Descriptors(nint self, nint* arguments, nint count, nint keywords) =>
        Guard(arguments, count, 0, static _ =>
        {
            var context = WorkerContext.Current;
            return CPython.PyMemoryView_FromMemory(context.Descriptors, context.Slots.Length * sizeof(int))
                .DangerousRelease();
        });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static nint AskStatus(nint self, nint* arguments, nint count, nint keywords) =>
        Guard(arguments, count, 0, static _ =>
        {
            string? answer;
            using (GilReleased.Begin())
            {
                answer = StatusQuestion.Ask();
            }

            return answer is null ? None() : CPython.PyUnicode_FromString(answer).DangerousRelease();
        });

    private static nint None() => ((Borrowed)CPython.Py_None).Own().DangerousRelease();

    private static nint Guard(nint* arguments, nint count, int expected, ModuleFunction function)
    {
        try
        {
            if (!ForkGuard.Check())
            {
                return 0;
            }

            if (count != expected)
            {
                CPython.PyErr_SetString(CPython.PyExc_TypeError, $"{expected} arguments expected, {count} given");
                return 0;
            }

            return function(arguments);
        }
        catch (Exception exception)
        {
            CPython.PyErr_SetString(CPython.PyExc_SystemError, exception.ToString());
            return 0;
        }
    }

    private delegate nint ModuleFunction(nint* arguments);
}
