using Addergate.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.ErrorPages;

/// <summary>Which answers of the application give way to a page: errors, where that is asked for, and whatever is no success
/// when the application was to make the page itself.</summary>
internal sealed class ErrorPageRule(bool overrides) : IHeadRule
{
    // They speak of the body that is not sent. What is said of the client, caches and other sites stays.
    private static readonly string[] OfBody =
    [
        "Content-Type", "Content-Length", "Content-Encoding", "Content-Language", "Content-Location", "Content-Disposition",
        "Content-Range", "Accept-Ranges", "ETag", "Last-Modified",
    ];

    public IReplacement? TryReplace(HttpContext context)
    {
        var response = context.Response;
        if (context.Features.Get<ErrorPageRequest>() is not { } page)
        {
            return null;
        }

        if (page.IsShown)
        {
            if (response.StatusCode is >= 200 and <= 299 and not StatusCodes.Status204NoContent)
            {
                return null;
            }

            page.FailedWith = response.StatusCode;
            return page;
        }

        if (!overrides || response.StatusCode < 400 || !page.TryOverride(response.StatusCode))
        {
            return null;
        }

        foreach (var name in OfBody)
        {
            response.Headers.Remove(name);
        }

        return page;
    }
}
