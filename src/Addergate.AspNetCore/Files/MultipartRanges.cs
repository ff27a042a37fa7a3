using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Addergate.AspNetCore.Files;

/// <summary>The text around several parts of one file: <c>multipart/byteranges</c> (RFC 9110, 14.6).</summary>
internal sealed class MultipartRanges
{
    private readonly IReadOnlyList<ByteRange> _ranges;
    private readonly string _contentType;
    private readonly long _fileLength;
    private readonly string _boundary = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public MultipartRanges(IReadOnlyList<ByteRange> ranges, string contentType, long fileLength)
    {
        _ranges = ranges;
        _contentType = contentType;
        _fileLength = fileLength;
        Length = End.Length + ranges.Sum(static range => range.Length);
        for (var i = 0; i < ranges.Count; i++)
        {
            Length += Before(i).Length;
        }
    }

    /// <summary>Of the response.</summary>
    public string ContentType => "multipart/byteranges; boundary=" + _boundary;

    /// <summary>Of the whole body.</summary>
    public long Length { get; }

    /// <summary>What stands after the last part.</summary>
    public byte[] End => Encoding.ASCII.GetBytes($"\r\n--{_boundary}--\r\n");

    public static string ContentRange(ByteRange range, long fileLength) =>
        string.Create(CultureInfo.InvariantCulture, $"bytes {range.Start}-{range.Last}/{fileLength}");

    /// <summary>What stands before a part.</summary>
    public byte[] Before(int index) => Encoding.Latin1.GetBytes(
        $"{(index == 0 ? "" : "\r\n")}--{_boundary}\r\nContent-Type: {_contentType}\r\n"
        + $"Content-Range: {ContentRange(_ranges[index], _fileLength)}\r\n\r\n");
}
