using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Files;

/// <summary>What every part of the file server shares.</summary>
internal sealed class FileServices(
    ContentTypes types, CachePolicy caching, Departure departure, TimeProvider time, ILogger logger, string? serverHeader)
{
    public ContentTypes Types => types;

    public CachePolicy Caching => caching;

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    /// <summary>What every response says, also an error; before its head is sent.</summary>
    public void Announce(HttpContext context)
    {
        if (context.Response.Headers.Server.Count == 0)
        {
            context.Response.Headers.Server = serverHeader;
        }

        departure.Announce(context);
    }

    /// <summary>Makes an error the response.</summary>
    public void Refuse(HttpContext context, int status)
    {
        new ErrorResponse(status, serverHeader).WriteTo(context);
        departure.Announce(context);
    }

    /// <summary>Says that files are for reading.</summary>
    public void RefuseMethod(HttpContext context)
    {
        Refuse(context, StatusCodes.Status405MethodNotAllowed);
        context.Response.Headers.Allow = "GET, HEAD";
    }
}
