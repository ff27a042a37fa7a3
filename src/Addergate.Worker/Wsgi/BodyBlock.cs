using Addergate.Python;
using Addergate.Python.Ownership;

namespace Addergate.Worker.Wsgi;

/// <summary>A block of the response's body, which PEP 3333 wants to be bytes and nothing else.</summary>
internal static unsafe class BodyBlock
{
    /// <summary>The contents, owned by the object. False with TypeError. The GIL is held.</summary>
    internal static bool TryGet(Borrowed value, out byte* block, out nint length)
    {
        if (CPython.PyBytes_AsStringAndSize(value, out block, out length))
        {
            return true;
        }

        CPython.PyErr_Clear();
        using var type = CPython.PyObject_Type(value);
        using var text = CPython.PyObject_Str(type);
        CPython.PyErr_SetString(
            CPython.PyExc_TypeError,
            $"the response's body must be made of bytes, not {CPython.ToManagedString(text) ?? "this"}");
        return false;
    }
}
