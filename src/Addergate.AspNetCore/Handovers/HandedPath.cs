using System.Text;
using Addergate.AspNetCore.Requests;

namespace Addergate.AspNetCore.Handovers;

/// <summary>Reads what applications write as a path, one character a byte.</summary>
internal static class HandedPath
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The path of a URL, decoded once; null when it is none.</summary>
    public static string? FromUrl(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        return url is ['/', not '/', ..] ? Decode(end < 0 ? url : url.AsSpan(0, end)) : null;
    }

    /// <summary>What a path of this machine may mean. As it is first; some write it encoded, since headers carry no more than
    /// Latin-1.</summary>
    public static IEnumerable<string> FromFile(string path)
    {
        if (path is not ['/', ..])
        {
            yield break;
        }

        if (Text(Encoding.Latin1.GetBytes(path)) is { } plain)
        {
            yield return plain;
        }

        if (path.Contains('%') && Decode(path) is { } decoded)
        {
            yield return decoded;
        }
    }

    private static string? Decode(ReadOnlySpan<char> path)
    {
        var bytes = new byte[path.Length];
        var length = PathDecoder.Decode(path, bytes);
        return length < 0 ? null : Text(bytes.AsSpan(0, length));
    }

    private static string? Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
