using Addergate.Python;
using Addergate.Python.Ownership;

namespace Addergate.Worker.Wsgi;

/// <summary>The Latin-1 bytes of a native string (PEP 3333): its own memory when it is ASCII, else a converted
/// copy.</summary>
internal unsafe ref struct LatinText : IDisposable
{
    private Owned _copy;

    /// <summary>The bytes, good until this is disposed and as long as the str lives.</summary>
    internal ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>False with an exception: TypeError for what is no str, UnicodeEncodeError (a ValueError) for what
    /// Latin-1 does not have.</summary>
    /// <param name="value">The Python object.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="text">The result, to be disposed.</param>
    internal static bool TryGet(Borrowed value, string what, out LatinText text)
    {
        text = default;
        if (!CPython.PyUnicode_AsUTF8AndSize(value, out var utf8))
        {
            if (CPython.PyErr_ExceptionMatches(CPython.PyExc_TypeError))
            {
                CPython.PyErr_SetString(CPython.PyExc_TypeError, $"{what} must be a str");
            }

            return false;
        }

        if (System.Text.Ascii.IsValid(utf8))
        {
            text.Bytes = utf8;
            return true;
        }

        text._copy = CPython.PyUnicode_AsLatin1String(value);
        if (text._copy.IsNull || !CPython.PyBytes_AsStringAndSize(text._copy, out var start, out var size))
        {
            return false;
        }

        text.Bytes = new ReadOnlySpan<byte>(start, (int)size);
        return true;
    }

    public void Dispose() => _copy.Dispose();
}
