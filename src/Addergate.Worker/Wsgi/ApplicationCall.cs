using Addergate.Python;
using Addergate.Python.Ownership;
using Addergate.Wire.Requests;
using Addergate.Worker.Watch;

namespace Addergate.Worker.Wsgi;

/// <summary>
/// One call of the application, from a claimed request to the terminal frame in the slot's output:
/// <code>
///  1. environ and start_response ── failed ──────────────────────────┐
///  2. application(environ, start_response) ── raised ────────────────┤
///  3. its blocks, each sent before the next is asked for ── raised ──┤ log
///  4. close(), once, whatever happened                               │
///  5. End, or Abort where the response is not whole ◄────────────────┘
/// </code>
/// The GIL is held; it is let go where blocks are sent. RequestTimeout may be raised from 2. to the end of 3.: whatever
/// comes after begins with closing the window.
/// </summary>
internal static class ApplicationCall
{
    internal static void Run(WorkerContext context, Exchange exchange, RequestHeadReader reader)
    {
        // 1.
        if (!exchange.Open())
        {
            ApplicationErrors.Log(exchange, "making its environ");
            exchange.Response.Abort();
            return;
        }

        using var environ = EnvironBuilder.Build(context, exchange, ref reader);
        exchange.SetEnviron(environ);
        using var startResponse = environ.IsNull ? default : StartResponse.Create(exchange);
        if (startResponse.IsNull)
        {
            ApplicationErrors.Log(exchange, "making its environ");
            exchange.Response.Abort();
            return;
        }

        // 2.
        exchange.OpenWindow();
        using var result = CPython.Call(context.Application, environ, startResponse);
        ForkGuard.EndForkedChild();
        if (result.IsNull)
        {
            ApplicationErrors.Log(exchange, "calling the application");
            exchange.Response.Abort();
            return;
        }

        // 3. and 4. A list or tuple has no close() and is all there.
        var isSequence =
            CPython.IsExactly(result, CPython.PyList_Type) || CPython.IsExactly(result, CPython.PyTuple_Type);
        var isWhole = isSequence ? SendSequence(exchange, result) : SendAndClose(context, exchange, result);

        // 5.
        if (isWhole && exchange.Response.Stage == ResponseStage.NoHead)
        {
            ApplicationErrors.LogError(exchange, "The application returned without calling start_response.");
            isWhole = false;
        }

        if (isWhole && exchange.Response.Stage != ResponseStage.Ended)
        {
            isWhole = TryEnd(exchange);
        }

        if (!isWhole)
        {
            exchange.Response.Abort();
        }
    }

    private static bool SendSequence(Exchange exchange, Borrowed result)
    {
        exchange.Window.Close();
        return ResponseBlocks.SendSequence(exchange, result);
    }

    private static bool SendAndClose(WorkerContext context, Exchange exchange, Borrowed result)
    {
        var isWhole = CPython.IsInstance(result, context.FileWrapper)
            && FileSender.TrySend(context, exchange, result, out var isFileWhole)
                ? isFileWhole
                : ResponseBlocks.SendIterable(exchange, result);
        exchange.Window.Close();
        using var close = CPython.PyObject_GetAttr(result, context.Names.Close);
        if (close.IsNull)
        {
            if (!CPython.PyErr_ExceptionMatches(CPython.PyExc_AttributeError))
            {
                ApplicationErrors.Log(exchange, "looking for close() of its response");
            }

            CPython.PyErr_Clear();
            return isWhole;
        }

        using var closed = CPython.Call(close);
        ForkGuard.EndForkedChild();
        if (closed.IsNull)
        {
            // What was sent is not less whole for it.
            ApplicationErrors.Log(exchange, "calling close() of its response");
        }

        return isWhole;
    }

    private static bool TryEnd(Exchange exchange)
    {
        var response = exchange.Response;
        if (exchange.IsClientGone)
        {
            return false;
        }

        response.FixHead(bodyLength: 0);
        if (!response.IsTooShort)
        {
            response.End();
            return true;
        }

        ApplicationErrors.LogError(
            exchange,
            $"The application sent {response.Sent} bytes of the {response.ContentLength} that its Content-Length "
            + "promised; the client's connection was reset.");
        return false;
    }
}
