using Addergate.Settings.Model;

namespace Addergate.AspNetCore.ErrorPages;

/// <summary>The pages by status. Immutable.</summary>
internal sealed class ErrorDocuments(ErrorPageSettings settings)
{
    private readonly Dictionary<int, ErrorDocument> _byStatus = settings.Documents.ToDictionary(static page => page.Status);

    /// <summary>Null where the server's own line of text is shown.</summary>
    public ErrorDocument? Find(int status) => _byStatus.GetValueOrDefault(status);

    public bool Has(int status) => _byStatus.ContainsKey(status);
}
