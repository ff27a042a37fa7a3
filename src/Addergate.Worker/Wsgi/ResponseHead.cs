using System.Text;
using Addergate.Python;
using Addergate.Python.Ownership;
using Addergate.Wire;

namespace Addergate.Worker.Wsgi;

/// <summary>Checks what the application gave to start_response and writes it as the response's head. The GIL is
/// held.</summary>
internal static class ResponseHead
{
    /// <summary>False with an exception; then the half-written head must be dropped.</summary>
    internal static bool TryTake(ResponseWriter response, Borrowed status, Borrowed headers)
    {
        if (!LatinText.TryGet(status, "the status", out var text))
        {
            return false;
        }

        using (text)
        {
            if (HeadChecks.Status(text.Bytes, out var code) is { } mistake)
            {
                return Refuse(mistake);
            }

            response.BeginHead(code, text.Bytes[4..]);
        }

        if (!CPython.IsInstance(headers, CPython.PyList_Type))
        {
            CPython.PyErr_SetString(CPython.PyExc_TypeError, "the response headers must be a list");
            return false;
        }

        // The size is read each time: the list may be changed by a str subclass's code while it is looked at.
        for (nint index = 0; index < CPython.PyList_Size(headers); index++)
        {
            using var item = CPython.PyList_GetItem(headers, index).Own();
            if (!TryTakeHeader(response, item))
            {
                return false;
            }
        }

        response.CompleteHead();
        return true;
    }

    private static bool TryTakeHeader(ResponseWriter response, Borrowed item)
    {
        if (!CPython.IsInstance(item, CPython.PyTuple_Type) || CPython.PyTuple_Size(item) != 2)
        {
            CPython.PyErr_SetString(
                CPython.PyExc_TypeError, "each response header must be a tuple of a name and a value");
            return false;
        }

        if (!LatinText.TryGet(CPython.PyTuple_GetItem(item, 0), "the name of a response header", out var name))
        {
            return false;
        }

        using (name)
        {
            if (!LatinText.TryGet(CPython.PyTuple_GetItem(item, 1), "the value of a response header", out var value))
            {
                return false;
            }

            using (value)
            {
                return Add(response, name.Bytes, value.Bytes);
            }
        }
    }

    private static bool Add(ResponseWriter response, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!response.HasRoomFor(name, value))
        {
            return Refuse($"the response's head is larger than {WireLimits.MaxResponseHead} bytes "
                + $"or {WireLimits.MaxHeadItems} headers");
        }

        if ((HeadChecks.Name(name) ?? HeadChecks.Value(name, value)) is { } mistake)
        {
            return Refuse(mistake);
        }

        if (!Ascii.EqualsIgnoreCase(name, "Content-Length"u8))
        {
            response.AddHeader(name, value);
            return true;
        }

        if (HeadChecks.ContentLength(value, out var length) is { } notNumber)
        {
            return Refuse(notNumber);
        }

        if (response.ContentLength is null)
        {
            response.AddContentLength(length);
            return true;
        }

        return response.ContentLength == length || Refuse("there are two different Content-Length headers");
    }

    private static bool Refuse(string mistake)
    {
        CPython.PyErr_SetString(CPython.PyExc_ValueError, mistake);
        return false;
    }
}
