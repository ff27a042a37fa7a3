using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Addergate.AspNetCore.Compression;

/// <summary>Tells caches that another client may get the same in another coding.</summary>
internal static class AcceptEncodingVary
{
    public static void Add(IHeaderDictionary headers)
    {
        foreach (var value in headers.Vary)
        {
            if (value == "*"
                || (value is not null && value.Contains(HeaderNames.AcceptEncoding, StringComparison.OrdinalIgnoreCase)))
            {
                return;
            }
        }

        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
    }
}
