using Addergate.Python;
using Addergate.Python.Ownership;
using Addergate.Wire.Requests;

namespace Addergate.Worker.Wsgi;

/// <summary>Makes a request's environ: a copy of the template, then the items of the head. The GIL is held.</summary>
internal static class EnvironBuilder
{
    /// <summary>The dict, or null with an exception: memory, or a malformed head (ValueError).</summary>
    internal static Owned Build(WorkerContext context, Exchange exchange, ref RequestHeadReader reader)
    {
        var environ = CPython.PyDict_Copy(context.EnvironTemplate);
        if (environ.IsNull || (AddItems(context, exchange, environ, ref reader)
            && AddTimes(context, exchange, environ, reader.Head)
            && AddInput(context, exchange, environ, reader)))
        {
            return environ;
        }

        environ.Dispose();
        return default;
    }

    private static bool AddItems(
        WorkerContext context, Exchange exchange, Borrowed environ, ref RequestHeadReader reader)
    {
        var names = context.Names;
        while (reader.TryReadItem(out var key, out var customName, out var bytes))
        {
            if (key == CgiKey.Custom)
            {
                if (!AddCustom(environ, customName, bytes))
                {
                    return false;
                }

                continue;
            }

            if (key == CgiKey.RequestMethod && bytes.SequenceEqual("HEAD"u8))
            {
                exchange.IsHead = true;
                bytes = context.MapHeadToGet ? "GET"u8 : bytes;
            }

            using var value = exchange.Values.Get(key, bytes);
            if (value.IsNull || !CPython.PyDict_SetItem(environ, names[key], value))
            {
                return false;
            }

            switch (key)
            {
                case CgiKey.RequestId:
                    exchange.SetRequestId(bytes);
                    break;
                case CgiKey.ScriptName when !CPython.PyDict_SetItem(environ, names.ScriptName, value):
                case CgiKey.PathInfo when !CPython.PyDict_SetItem(environ, names.PathInfo, value):
                    return false;
            }
        }

        if (reader.Remaining == 0)
        {
            return CPython.PyDict_SetItem(
                environ, names.UrlScheme, reader.Head.IsSecure ? names.Https : names.Http);
        }

        CPython.PyErr_SetString(CPython.PyExc_ValueError, "The front end sent a malformed request head");
        return false;
    }

    private static bool AddCustom(Borrowed environ, ReadOnlySpan<byte> nameBytes, ReadOnlySpan<byte> bytes)
    {
        using var name = CPython.PyUnicode_DecodeLatin1(nameBytes);
        using var value = CPython.PyUnicode_DecodeLatin1(bytes);
        return !name.IsNull && !value.IsNull && CPython.PyDict_SetItem(environ, name, value);
    }

    private static bool AddTimes(
        WorkerContext context, Exchange exchange, Borrowed environ, in RequestHead head)
    {
        var names = context.Names;
        using var requestStart = CPython.PyFloat_FromDouble(head.RequestStart);
        using var queueStart = CPython.PyFloat_FromDouble(head.QueueStart);
        using var daemonStart = CPython.PyFloat_FromDouble(exchange.Received);
        using var applicationStart = CPython.PyFloat_FromDouble(Exchange.Now());
        return CPython.PyDict_SetItem(environ, names.RequestStart, requestStart)
            && CPython.PyDict_SetItem(environ, names.QueueStart, queueStart)
            && CPython.PyDict_SetItem(environ, names.DaemonStart, daemonStart)
            && CPython.PyDict_SetItem(environ, names.ApplicationStart, applicationStart)
            && CPython.PyDict_SetItem(environ, names.ThreadId, exchange.ThreadId);
    }

    /// <summary>An inline body is an <c>io.BytesIO</c> over bytes that it shares; one on demand is pulled over the
    /// slot.</summary>
    private static bool AddInput(
        WorkerContext context, Exchange exchange, Borrowed environ, in RequestHeadReader reader)
    {
        using var input = reader.Head.BodyMode switch
        {
            RequestBodyMode.Inline => Inline(context, reader.InlineBody),
            RequestBodyMode.OnDemand => CPython.Call(context.OpenInput, exchange.Token),
            _ => CPython.Call(context.BytesIO),
        };
        return !input.IsNull && CPython.PyDict_SetItem(environ, context.Names.Input, input);

        static Owned Inline(WorkerContext context, ReadOnlySpan<byte> body)
        {
            using var bytes = CPython.PyBytes_FromStringAndSize(body);
            return bytes.IsNull ? default : CPython.Call(context.BytesIO, bytes);
        }
    }
}
