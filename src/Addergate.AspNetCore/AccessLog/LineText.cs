using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>Text of clients and numbers, as bytes of a log line.</summary>
internal static class LineText
{
    /// <summary>Most bytes that a client's text takes, cut behind it; a request line fits that Kestrel takes.</summary>
    public const int MaxField = 9 * 1024;

    // Longest escape of a character: \u00ff.
    private const int MaxEscape = 6;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>As Apache does: backslash before quote and backslash, <c>\xhh</c> for all that is not visible ASCII.
    /// </summary>
    public static void WriteApache(FrameBuffer line, string text) => Write(line, text, isJson: false);

    /// <summary>The inside of a JSON string, in ASCII.</summary>
    public static void WriteJson(FrameBuffer line, string text) => Write(line, text, isJson: true);

    public static void WriteNumber(FrameBuffer line, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        _ = Utf8Formatter.TryFormat(value, digits, out var length);
        line.WriteBytes(digits[..length]);
    }

    public static void WriteAddress(FrameBuffer line, IPAddress? address)
    {
        Span<byte> text = stackalloc byte[65];
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        if (plain is not null && plain.TryFormat(text, out var length))
        {
            line.WriteBytes(text[..length]);
        }
        else
        {
            line.WriteByte((byte)'-');
        }
    }

    private static void Write(FrameBuffer line, string text, bool isJson)
    {
        var plain = text.AsSpan().IndexOfAnyExcept(Plain);
        var head = text.AsSpan(0, Math.Min(plain < 0 ? text.Length : plain, MaxField));
        Encoding.ASCII.GetBytes(head, line.Reserve(head.Length));
        if (plain >= 0)
        {
            WriteEscaped(line, text.AsSpan(head.Length), MaxField - head.Length, isJson);
        }
    }

    private static void WriteEscaped(FrameBuffer line, ReadOnlySpan<char> text, int room, bool isJson)
    {
        Span<byte> escaped = stackalloc byte[MaxEscape];
        foreach (var character in text)
        {
            var length = Escape(character, isJson, escaped);
            room -= length;
            if (room < 0)
            {
                return;
            }

            line.WriteBytes(escaped[..length]);
        }
    }

    private static int Escape(char character, bool isJson, Span<byte> escaped)
    {
        escaped[0] = (byte)'\\';
        if (character is '"' or '\\')
        {
            escaped[1] = (byte)character;
            return 2;
        }

        if (character is >= ' ' and < '\u007f')
        {
            escaped[0] = (byte)character;
            return 1;
        }

        escaped[1] = (byte)(isJson ? 'u' : 'x');
        var format = isJson ? "x4" : "x2";
        _ = ((ushort)character).TryFormat(escaped[2..], out var digits, format, CultureInfo.InvariantCulture);
        return 2 + digits;
    }
}
