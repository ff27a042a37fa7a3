using System.Runtime.InteropServices;
using Addergate.Posix.Files;
using Addergate.Python;
using Addergate.Python.Gil;
using Addergate.Python.Ownership;

namespace Addergate.Worker.Wsgi;

/// <summary>Sends the file behind a <c>wsgi.file_wrapper</c>, from its current position, without the GIL and without
/// moving that position.</summary>
internal static unsafe class FileSender
{
    private const int BlockSize = 128 * 1024;

    /// <summary>Sends the file if it is one that C# can read; else the wrapper must be iterated over. The GIL is
    /// held.</summary>
    /// <param name="context">The worker.</param>
    /// <param name="exchange">The request.</param>
    /// <param name="wrapper">The wrapper.</param>
    /// <param name="isWhole">Whether all went well, when the result is true.</param>
    internal static bool TrySend(WorkerContext context, Exchange exchange, Borrowed wrapper, out bool isWhole)
    {
        isWhole = false;
        using var range = CPython.Call(context.FileRange, wrapper);
        if (range.IsNull || ((Borrowed)range).Is(CPython.Py_None))
        {
            exchange.Window.ClearError(context);
            return false;
        }

        var descriptor = (int)CPython.PyLong_AsLongLong(CPython.PyTuple_GetItem(range, 0));
        var offset = CPython.PyLong_AsLongLong(CPython.PyTuple_GetItem(range, 1));
        var size = CPython.PyLong_AsLongLong(CPython.PyTuple_GetItem(range, 2));
        var response = exchange.Response;
        if (response.Stage == ResponseStage.NoHead)
        {
            isWhole = true; // The caller finds that start_response was not called.
            return true;
        }

        response.FixHead(bodyLength: size);
        isWhole = response.IsBodyless || Send(exchange, descriptor, offset, response.ContentLength ?? size);
        return true;
    }

    private static bool Send(Exchange exchange, int descriptor, long offset, long wanted)
    {
        var block = (byte*)NativeMemory.Alloc((nuint)Math.Min(wanted, BlockSize));
        try
        {
            while (wanted > 0)
            {
                int count;
                using (GilReleased.Begin())
                {
                    count = RawDescriptor.ReadAt(descriptor, block, (int)Math.Min(wanted, BlockSize), offset);
                }

                if (count <= 0)
                {
                    return true; // Shorter than promised: the end of the response finds that out.
                }

                if (exchange.Response.Write(block, count, bodyLength: -1, flush: true) != WriteResult.Taken)
                {
                    return false;
                }

                offset += count;
                wanted -= count;
            }

            return true;
        }
        finally
        {
            NativeMemory.Free(block);
        }
    }
}
