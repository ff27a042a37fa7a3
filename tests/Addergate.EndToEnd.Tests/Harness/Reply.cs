using System.Text;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>One response as it came over a raw connection.</summary>
internal sealed record Reply(string StatusLine, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    public int Status => int.Parse(StatusLine.AsSpan(9, 3), provider: null);

    public string Text => Encoding.Latin1.GetString(Body);

    /// <summary>Whether the body came to the end that its framing promised.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Sizes of the chunks, where the body was chunked.</summary>
    public IReadOnlyList<int> Chunks { get; init; } = [];

    /// <summary>The header's values joined, or null when it is not there.</summary>
    public string? this[string name]
    {
        get
        {
            var values = Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
            return values.Count == 0 ? null : string.Join("|", values.Select(static h => h.Value));
        }
    }
}
