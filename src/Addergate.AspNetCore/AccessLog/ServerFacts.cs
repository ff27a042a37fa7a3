namespace Addergate.AspNetCore.AccessLog;

/// <summary>What a line can say about the server itself.</summary>
internal sealed record ServerFacts
{
    /// <summary>Its canonical name.</summary>
    public required string Name { get; init; }

    /// <summary>The application's file or module.</summary>
    public required string Script { get; init; }

    /// <summary>Those that were set for the application.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }
}
