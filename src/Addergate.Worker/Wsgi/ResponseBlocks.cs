using Addergate.Python;
using Addergate.Python.Ownership;
using Addergate.Worker.Watch;

namespace Addergate.Worker.Wsgi;

/// <summary>Sends the blocks of a response. Each method returns whether the response is good so far; it has logged
/// what was wrong. The GIL is held.</summary>
internal static unsafe class ResponseBlocks
{
    private const int Unknown = -1;

    /// <summary>A list or tuple: all blocks are there, so nobody can see when each is sent, and short ones travel
    /// together.</summary>
    internal static bool SendSequence(Exchange exchange, Borrowed sequence)
    {
        var isList = CPython.IsExactly(sequence, CPython.PyList_Type);
        var count = isList ? CPython.PyList_Size(sequence) : CPython.PyTuple_Size(sequence);
        for (nint index = 0; index < count; index++)
        {
            // Another thread of the application may change a list while a block is sent.
            using var item = isList
                ? CPython.PyList_GetItem(sequence, index).Own()
                : CPython.PyTuple_GetItem(sequence, index).Own();
            if (item.IsNull || !BodyBlock.TryGet(item, out var block, out var length))
            {
                ApplicationErrors.Log(exchange, "sending its response");
                return false;
            }

            if (length != 0)
            {
                var isLast = index == count - 1;
                var result = exchange.Response.Write(
                    block, length, count == 1 ? length : Unknown, flush: false, isLast);
                if (result != WriteResult.Taken)
                {
                    return IsGood(exchange, result);
                }
            }
        }

        return true;
    }

    /// <summary>Anything that can be iterated: each block is sent before the next is asked for.</summary>
    internal static bool SendIterable(Exchange exchange, Borrowed iterable)
    {
        using var iterator = CPython.PyObject_GetIter(iterable);
        if (iterator.IsNull)
        {
            ApplicationErrors.Log(exchange, "iterating over its response");
            return false;
        }

        var isGood = SendItems(exchange, iterable, iterator);

        // Before the iterator goes, which may run the application's own clearing up.
        exchange.Window.Close();
        return isGood;
    }

    private static bool SendItems(Exchange exchange, Borrowed iterable, Borrowed iterator)
    {
        while (!exchange.IsClientGone)
        {
            using var item = CPython.PyIter_Next(iterator);
            ForkGuard.EndForkedChild();
            if (item.IsNull)
            {
                if (!CPython.PyErr_Occurred())
                {
                    return true;
                }

                ApplicationErrors.Log(exchange, "iterating over its response");
                return false;
            }

            if (!BodyBlock.TryGet(item, out var block, out var length))
            {
                ApplicationErrors.Log(exchange, "sending its response");
                return false;
            }

            if (length == 0)
            {
                continue;
            }

            var result = exchange.Response.Write(block, length, LengthOfAll(exchange, iterable, length), flush: true);
            if (result != WriteResult.Taken)
            {
                return IsGood(exchange, result);
            }
        }

        return false;
    }

    /// <summary>What PEP 3333 allows: where <c>len(iterable)</c> is 1, the first block is the whole body.</summary>
    private static long LengthOfAll(Exchange exchange, Borrowed iterable, long firstLength)
    {
        if (exchange.Response.Stage != ResponseStage.HeadReady || exchange.Response.ContentLength is not null)
        {
            return Unknown;
        }

        var count = CPython.PyObject_Size(iterable);
        if (count < 0)
        {
            exchange.Window.ClearError(exchange.Context);
        }

        return count == 1 ? firstLength : Unknown;
    }

    private static bool IsGood(Exchange exchange, WriteResult result)
    {
        switch (result)
        {
            case WriteResult.Excess:
                ApplicationErrors.LogError(
                    exchange,
                    $"The application sent more than the {exchange.Response.ContentLength} bytes of its "
                    + "Content-Length; the rest was cut off.");
                return true;
            case WriteResult.NoHead:
                ApplicationErrors.LogError(
                    exchange, "The application yielded a block of its response before calling start_response.");
                return false;
            case WriteResult.NotWanted:
                return true;
            default:
                return false;
        }
    }
}
