namespace Addergate.AspNetCore.Files;

/// <summary>A part of a file; never empty.</summary>
internal readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>The last byte, as headers have it.</summary>
    public long Last => Start + Length - 1;
}
