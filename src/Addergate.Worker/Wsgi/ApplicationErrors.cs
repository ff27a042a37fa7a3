using Addergate.Python;
using Addergate.Python.Ownership;
using Addergate.Wire.Logs;
using Addergate.Worker.Logs;

namespace Addergate.Worker.Wsgi;

/// <summary>Tells the log what an application did wrong. The GIL is held.</summary>
internal static class ApplicationErrors
{
    /// <summary>Logs the exception that is set, with its traceback in one record, and clears it. SystemExit and the
    /// like are exceptions as any other here: the worker lives on.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="doing">What the server was doing, for people: "calling the application".</param>
    internal static void Log(Exchange exchange, string doing)
    {
        exchange.Window.Close();
        CPython.PyErr_Fetch(out var type, out var value, out var traceback);
        using (type)
        using (value)
        using (traceback)
        {
            // The client left and the application was told so: nothing is wrong with it.
            if (exchange.IsClientGone && !type.IsNull
                && CPython.IsSubclass(type, CPython.PyExc_ConnectionResetError))
            {
                return;
            }

            // Raised by the control thread, or by the application as with mod_wsgi: either way it is no fault to trace.
            if (!type.IsNull && CPython.IsSubclass(type, exchange.Context.RequestTimeout))
            {
                exchange.IsTimedOut = true;
                WorkerLog.Write(
                    exchange.Context, LogLevelCode.Info, exchange.RequestId,
                    $"RequestTimeout ended the request while {doing}; its thread is free again.");
                return;
            }

            using var what = CPython.PyUnicode_FromString(doing);
            using var logged = CPython.Call(
                exchange.Context.LogException, OrNone(value), OrNone(traceback), OrNone(exchange.Environ), what);
            if (logged.IsNull)
            {
                CPython.PyErr_Clear();
                LogError(exchange, $"An exception while {doing} could not be logged.");
            }
        }
    }

    /// <summary>Logs a mistake that raised nothing.</summary>
    internal static void LogError(Exchange exchange, string text) =>
        WorkerLog.Write(exchange.Context, LogLevelCode.Error, exchange.RequestId, text);

    private static Borrowed OrNone(Borrowed value) => value.IsNull ? CPython.Py_None : value;
}
