using Microsoft.AspNetCore.StaticFiles;

namespace Addergate.AspNetCore.Files;

/// <summary>Types by the ending of a name. Thread-safe once made.</summary>
internal sealed class ContentTypes
{
    private const string Unknown = "application/octet-stream";

    private readonly FileExtensionContentTypeProvider _provider = new();
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _types;

    /// <param name="file">Further types in the format of mime.types, or null.</param>
    /// <exception cref="InvalidOperationException">The file cannot be read.</exception>
    public ContentTypes(string? file)
    {
        var types = new Dictionary<string, string>(_provider.Mappings, StringComparer.OrdinalIgnoreCase)
        {
            // Source maps, which only tools ask for.
            [".map"] = "application/json",
        };
        if (file is not null)
        {
            Read(file, types);
        }

        foreach (var (ending, type) in types)
        {
            types[ending] = WithCharset(type);
        }

        _types = types.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The type of a file; never null, so that nobody guesses.</summary>
    public string For(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot >= 0 && _types.TryGetValue(name.AsSpan(dot), out var type) ? type : Unknown;
    }

    // A browser that is not told takes the locale's encoding of its user.
    private static string WithCharset(string type) =>
        type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) && !type.Contains(';') ? type + "; charset=utf-8" : type;

    private static void Read(string file, Dictionary<string, string> types)
    {
        try
        {
            foreach (var line in File.ReadLines(file))
            {
                var comment = line.IndexOf('#');
                var words = (comment < 0 ? line : line[..comment]).Split(
                    (char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                for (var i = 1; i < words.Length; i++)
                {
                    types["." + words[i].TrimStart('.')] = words[0];
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"--mime-types: {file} cannot be read: {failure.Message}", failure);
        }
    }
}
