using System.Runtime.InteropServices;
using Addergate.Python;
using Addergate.Python.Ownership;
using Addergate.Wire.Requests;

namespace Addergate.Worker.Wsgi;

/// <summary>
/// The last value of each environ key whose values repeat from request to request (host, user agent, protocol): a
/// short comparison instead of a new str. One per slot, used with the GIL held.
/// </summary>
internal sealed unsafe class ValueCache
{
    private const int MaxLength = 120;

    private readonly Entry* _entries;

    internal ValueCache() =>
        _entries = (Entry*)NativeMemory.AllocZeroed((nuint)CgiKeys.Count, (nuint)sizeof(Entry));

    /// <summary>The bytes as a str, or null with an exception.</summary>
    internal Owned Get(CgiKey key, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength || IsRarelyRepeated(key))
        {
            return CPython.PyUnicode_DecodeLatin1(bytes);
        }

        ref var entry = ref _entries[(int)key];
        if (entry.Value != 0 && bytes.SequenceEqual(MemoryMarshal.CreateReadOnlySpan(ref entry.Bytes[0], entry.Length)))
        {
            return Borrowed.DangerousFrom(entry.Value).Own();
        }

        return Replace(ref entry, bytes);
    }

    private static Owned Replace(ref Entry entry, ReadOnlySpan<byte> bytes)
    {
        var value = CPython.PyUnicode_DecodeLatin1(bytes);
        if (!value.IsNull)
        {
            using var old = Owned.DangerousFrom(entry.Value);
            entry.Value = ((Borrowed)value).Own().DangerousRelease();
            entry.Length = bytes.Length;
            bytes.CopyTo(MemoryMarshal.CreateSpan(ref entry.Bytes[0], MaxLength));
        }

        return value;
    }

    /// <summary>Keys whose values are a request's own, for which remembering is wasted.</summary>
    private static bool IsRarelyRepeated(CgiKey key) => key
        is CgiKey.PathInfo or CgiKey.RequestUri or CgiKey.RawUri or CgiKey.QueryString or CgiKey.RemotePort
        or CgiKey.RequestId or CgiKey.ConnectionId or CgiKey.ContentLength or CgiKey.HttpCookie
        or CgiKey.HttpXRequestId or CgiKey.HttpTraceparent or CgiKey.HttpAuthorization;

    private struct Entry
    {
        internal nint Value;
        internal int Length;
        internal fixed byte Bytes[MaxLength];
    }
}
