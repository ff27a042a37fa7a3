using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Addergate.Python;
using Addergate.Python.Ownership;
using Addergate.Worker.Watch;

namespace Addergate.Worker.Wsgi;

/// <summary>
/// <c>start_response(status, headers, exc_info=None)</c>. A built-in function whose <c>self</c> is the exchange's
/// token. Called by the application with the GIL held, on any thread.
/// </summary>
internal static unsafe class StartResponse
{
    private static readonly PyMethodDef* Definition = PyMethodDef.Create(
        "start_response", &Invoke,
        "start_response(status, headers, exc_info=None)\n--\n\nBegins the response; returns write(data).");

    /// <summary>The callable for one request, or null with an exception.</summary>
    internal static Owned Create(Exchange exchange) => CPython.PyCFunction_NewEx(Definition, exchange.Token);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Invoke(nint self, nint* arguments, nint count, nint keywords)
    {
        try
        {
            return ForkGuard.Check()
                ? Invoke(Borrowed.DangerousFrom(self), arguments, (int)count, Borrowed.DangerousFrom(keywords))
                : 0;
        }
        catch (Exception exception)
        {
            CPython.PyErr_SetString(CPython.PyExc_SystemError, exception.ToString());
            return 0;
        }
    }

    private static nint Invoke(Borrowed token, nint* arguments, int count, Borrowed keywords)
    {
        var exchange = Exchange.Find(token, "start_response");
        if (exchange is null || !TryGetExcInfo(arguments, count, keywords, out var excInfo))
        {
            return 0;
        }

        var response = exchange.Response;
        if (!excInfo.IsNull && response.Stage == ResponseStage.HeadSent)
        {
            Raise(excInfo);
            return 0;
        }

        if (excInfo.IsNull && response.Stage != ResponseStage.NoHead)
        {
            CPython.PyErr_SetString(
                CPython.PyExc_AssertionError, "start_response was called a second time without exc_info");
            return 0;
        }

        if (!ResponseHead.TryTake(
            response, Borrowed.DangerousFrom(arguments[0]), Borrowed.DangerousFrom(arguments[1])))
        {
            response.DropHead();
            return 0;
        }

        return WriteFunction.Create(exchange).DangerousRelease();
    }

    /// <summary>Takes the third argument, by position or by name; null for None.</summary>
    private static bool TryGetExcInfo(nint* arguments, int count, Borrowed keywords, out Borrowed excInfo)
    {
        excInfo = count == 3 ? Borrowed.DangerousFrom(arguments[2]) : Borrowed.Null;
        var named = keywords.IsNull ? 0 : (int)CPython.PyTuple_Size(keywords);
        if (count == 2 && named == 1
            && CPython.ToManagedString(CPython.PyTuple_GetItem(keywords, 0)) == "exc_info")
        {
            excInfo = Borrowed.DangerousFrom(arguments[2]);
        }
        else if (count is not (2 or 3) || named != 0)
        {
            CPython.PyErr_SetString(
                CPython.PyExc_TypeError, "start_response takes a status, a list of headers and optionally exc_info");
            return false;
        }

        if (excInfo.IsNull || excInfo.Is(CPython.Py_None))
        {
            excInfo = Borrowed.Null;
            return true;
        }

        if (CPython.IsInstance(excInfo, CPython.PyTuple_Type) && CPython.PyTuple_Size(excInfo) == 3)
        {
            return true;
        }

        CPython.PyErr_SetString(
            CPython.PyExc_TypeError, "exc_info must be a tuple of three, as sys.exc_info() returns it");
        return false;
    }

    /// <summary>Raises the application's exception again: its head is out, so it cannot be replaced.</summary>
    private static void Raise(Borrowed excInfo)
    {
        var type = CPython.PyTuple_GetItem(excInfo, 0);
        var value = CPython.PyTuple_GetItem(excInfo, 1);
        var traceback = CPython.PyTuple_GetItem(excInfo, 2);
        if (type.Is(CPython.Py_None))
        {
            CPython.PyErr_SetString(
                CPython.PyExc_AssertionError, "start_response was called with exc_info after the head had been sent");
            return;
        }

        var ownedTraceback = traceback.Is(CPython.Py_None) ? default : traceback.Own();
        CPython.PyErr_Restore(type.Own().Steal(), value.Own().Steal(), ownedTraceback.Steal());
    }
}
