namespace Addergate.Settings.Model;

/// <summary>The page for an error.</summary>
/// <param name="Status">400 to 599.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Target">An absolute path; the decoded path of a URL, with a query behind it or without; a whole URL.</param>
public sealed record ErrorDocument(int Status, ErrorDocumentKind Kind, string Target);
