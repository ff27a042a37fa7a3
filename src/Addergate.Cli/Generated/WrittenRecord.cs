using System.Security.Cryptography;
using System.Text;

namespace Addergate.Cli.Generated;

/// <summary>
/// Remembers what was written, so that it is known the next time whether somebody has changed it since. In the format of
/// <c>sha256sum</c>, which can check it.
/// </summary>
internal sealed class WrittenRecord
{
    private const string Gap = "  ";

    private readonly string _path;
    private readonly SortedDictionary<string, string> _hashes = new(StringComparer.Ordinal);

    private WrittenRecord(string path) => _path = path;

    /// <summary>Reads it; empty when it is not there.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal static WrittenRecord Read(string path)
    {
        var record = new WrittenRecord(path);
        if (!File.Exists(path))
        {
            return record;
        }

        foreach (var line in File.ReadLines(path))
        {
            if (line.Split(Gap, 2) is [var hash, var file])
            {
                record._hashes[file] = hash;
            }
        }

        return record;
    }

    internal static string HashOf(string text) => HashOf(Encoding.UTF8.GetBytes(text));

    internal static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Of the text that was written to this path the last time; null when none was.</summary>
    internal string? Find(string path) => _hashes.GetValueOrDefault(Escape(path));

    internal void Note(string path, string hash) => _hashes[Escape(path)] = hash;

    internal void Save() => AtomicFile.Write(
        _path, string.Concat(_hashes.Select(static pair => $"{pair.Value}{Gap}{pair.Key}\n")), GeneratedFile.Public);

    /// <summary>Each is a line.</summary>
    private static string Escape(string path) => path.Replace("\n", "\\n", StringComparison.Ordinal);
}
