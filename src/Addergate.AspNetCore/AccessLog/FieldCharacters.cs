using System.Buffers;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>The characters that a field's text may have as they are; the others are escaped.</summary>
internal sealed class FieldCharacters(string plain)
{
    public SearchValues<char> Plain { get; } = SearchValues.Create(plain);
}
