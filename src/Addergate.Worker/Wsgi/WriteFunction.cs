using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Addergate.Python;
using Addergate.Python.Ownership;
using Addergate.Worker.Watch;

namespace Addergate.Worker.Wsgi;

/// <summary><c>write(data)</c>, what start_response returns: sends the bytes before it returns. Called with the GIL
/// held.</summary>
internal static unsafe class WriteFunction
{
    private static readonly PyMethodDef* Definition = PyMethodDef.Create(
        "write", &Invoke, "write(data)\n--\n\nSends bytes of the response's body at once.");

    /// <summary>The callable for one request, or null with an exception.</summary>
    internal static Owned Create(Exchange exchange) => CPython.PyCFunction_NewEx(Definition, exchange.Token);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Invoke(nint self, nint* arguments, nint count, nint keywords)
    {
        try
        {
            if (!ForkGuard.Check())
            {
                return 0;
            }

            if (count != 1 || keywords != 0)
            {
                CPython.PyErr_SetString(CPython.PyExc_TypeError, "write takes one bytes object");
                return 0;
            }

            return Write(Borrowed.DangerousFrom(self), Borrowed.DangerousFrom(arguments[0]))
                ? ((Borrowed)CPython.Py_None).Own().DangerousRelease()
                : 0;
        }
        catch (Exception exception)
        {
            CPython.PyErr_SetString(CPython.PyExc_SystemError, exception.ToString());
            return 0;
        }
    }

    private static bool Write(Borrowed token, Borrowed data)
    {
        var exchange = Exchange.Find(token, "write");
        if (exchange is null || !BodyBlock.TryGet(data, out var block, out var length))
        {
            return false;
        }

        var result = exchange.Response.Write(block, length, bodyLength: -1, flush: true);
        switch (result)
        {
            case WriteResult.NoHead:
                CPython.PyErr_SetString(CPython.PyExc_AssertionError, "write was called before start_response");
                return false;
            case WriteResult.Gone:
                CPython.PyErr_SetString(
                    CPython.PyExc_ConnectionResetError, "the client has closed the connection");
                return false;
            case WriteResult.Excess:
                CPython.PyErr_SetString(
                    CPython.PyExc_AssertionError,
                    $"the body is longer than its Content-Length of {exchange.Response.ContentLength} bytes");
                return false;
            default:
                return true;
        }
    }
}
