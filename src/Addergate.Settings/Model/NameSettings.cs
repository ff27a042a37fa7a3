namespace Addergate.Settings.Model;

/// <summary>By which names, and over which transport, the site wants to be asked.</summary>
public sealed record NameSettings
{
    /// <summary>The canonical name, in lower case; null = any name is answered.</summary>
    public string? ServerName { get; init; }

    /// <summary>Further names that are answered, in lower case; <c>*</c> and <c>?</c> stand for any text and any letter.
    /// </summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Whether <c>localhost</c> is answered too.</summary>
    public bool AllowLocalhost { get; init; }

    /// <summary>Whether plain HTTP is sent to HTTPS.</summary>
    public bool HttpsOnly { get; init; }

    /// <summary><c>Strict-Transport-Security</c> of what is answered over TLS; null = the application's own, if any.
    /// </summary>
    public string? StrictTransportSecurity { get; init; }
}
