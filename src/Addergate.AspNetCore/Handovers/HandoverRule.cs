using Addergate.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Handovers;

/// <summary>
/// Finds the answers that name a file below a private root: <c>X-Accel-Redirect</c> (nginx), <c>X-Sendfile</c> (Apache's
/// mod_xsendfile, lighttpd), and status 200 with a <c>Location</c> (mod_wsgi's daemon mode). The first two never reach
/// the client.
/// </summary>
internal sealed class HandoverRule(PrivateRoots roots) : IHeadRule
{
    public const string AccelRedirect = "X-Accel-Redirect";
    public const string Sendfile = "X-Sendfile";
    public const string Location = "Location";

    public IReplacement? TryReplace(HttpContext context)
    {
        var response = context.Response;
        var handover = Take(response);
        if (handover is null || response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return null;
        }

        // What these say is about the body that the application would have sent.
        response.ContentLength = null;
        var headers = response.Headers;
        headers.ContentEncoding = default;
        headers.ContentRange = default;
        headers.AcceptRanges = default;
        context.Features.Set(handover);
        return handover;
    }

    private FileHandover? Take(HttpResponse response)
    {
        var headers = response.Headers;
        var hasAccel = headers.Remove(AccelRedirect, out var url);
        if (headers.Remove(Sendfile, out var file) && !hasAccel)
        {
            return new FileHandover(Sendfile, file.ToString());
        }

        if (hasAccel)
        {
            return new FileHandover(AccelRedirect, url.ToString());
        }

        if (response.StatusCode == StatusCodes.Status200OK
            && headers.Location is [{ } location]
            && HandedPath.FromUrl(location) is { } path
            && roots.Has(path))
        {
            headers.Location = default;
            return new FileHandover(Location, location);
        }

        return null;
    }
}
