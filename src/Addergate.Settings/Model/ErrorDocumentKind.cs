namespace Addergate.Settings.Model;

/// <summary>Where the page for an error comes from.</summary>
public enum ErrorDocumentKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A URL of the site itself.</summary>
    Url,

    /// <summary>Another site, to which clients are sent.</summary>
    Elsewhere,
}
