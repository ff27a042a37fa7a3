using System.Text;
using Addergate.Python.Ownership;

namespace Addergate.Python;

/// <content>unicodeobject.h</content>
public static unsafe partial class CPython
{
    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, nint, byte*, nint> _decodeLatin1;
    private static delegate* unmanaged[Cdecl]<byte*, nint, nint> _unicodeFromUtf8;
    private static delegate* unmanaged[Cdecl]<byte*, nint> _intern;
    private static delegate* unmanaged[Cdecl]<nint, nint*, byte*> _asUtf8;
    private static delegate* unmanaged[Cdecl]<nint, nint> _asLatin1;

    /// <summary><c>str</c>.</summary>
    public static Kept PyUnicode_Type { get; private set; }

    /// <summary>A str of the bytes' code points.</summary>
    public static Owned PyUnicode_DecodeLatin1(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            byte none = 0;
            return Take(_decodeLatin1(start == null ? &none : start, bytes.Length, null));
        }
    }

    public static Owned PyUnicode_FromString(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        fixed (byte* start = bytes)
        {
            byte none = 0;
            return Take(_unicodeFromUtf8(start == null ? &none : start, bytes.Length));
        }
    }

    public static Owned PyUnicode_InternFromString(string value)
    {
        fixed (byte* start = Encoding.UTF8.GetBytes(value + '\0'))
        {
            return Take(_intern(start));
        }
    }

    /// <summary>The text as UTF-8, owned by the str. False with an exception: not a str, or lone surrogates.</summary>
    public static bool PyUnicode_AsUTF8AndSize(Borrowed value, out ReadOnlySpan<byte> utf8)
    {
        nint size;
        var start = _asUtf8(value.DangerousGetPointer(), &size);
        utf8 = start == null ? default : new ReadOnlySpan<byte>(start, (int)size);
        return start != null;
    }

    /// <summary>A bytes object, or null with UnicodeEncodeError.</summary>
    public static Owned PyUnicode_AsLatin1String(Borrowed value) => Take(_asLatin1(value.DangerousGetPointer()));

    /// <summary>A managed copy of a str, or null with an exception.</summary>
    public static string? ToManagedString(Borrowed value) =>
        PyUnicode_AsUTF8AndSize(value, out var utf8) ? Encoding.UTF8.GetString(utf8) : null;

    private static void BindUnicode(in SymbolTable symbols)
    {
        _decodeLatin1 = (delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, nint, byte*, nint>)
            symbols.Require("PyUnicode_DecodeLatin1");
        _unicodeFromUtf8 = (delegate* unmanaged[Cdecl]<byte*, nint, nint>)
            symbols.Require("PyUnicode_FromStringAndSize");
        _intern = (delegate* unmanaged[Cdecl]<byte*, nint>)symbols.Require("PyUnicode_InternFromString");
        _asUtf8 = (delegate* unmanaged[Cdecl]<nint, nint*, byte*>)symbols.Require("PyUnicode_AsUTF8AndSize");
        _asLatin1 = (delegate* unmanaged[Cdecl]<nint, nint>)symbols.Require("PyUnicode_AsLatin1String");
        PyUnicode_Type = symbols.RequireObject("PyUnicode_Type");
    }
}
