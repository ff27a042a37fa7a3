using System.Globalization;
using System.Text;
using Addergate.AspNetCore.ErrorPages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Addergate.AspNetCore.Responses;

/// <summary>The server's own answer where there is none of the application's: one line of text, or the page that was
/// declared for its status.</summary>
/// <param name="Status">The status.</param>
/// <param name="Server">The <c>Server</c> header, or null for none.</param>
/// <param name="RetryAfter">Seconds for <c>Retry-After</c>, or 0 for none.</param>
internal readonly record struct ErrorResponse(int Status, string? Server, int RetryAfter = 0)
{
    /// <summary>Makes it the response, which must not have started; it goes out when the request ends.</summary>
    public void WriteTo(HttpContext context)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = Status;
        response.Headers.Server = Server;
        if (RetryAfter > 0)
        {
            response.Headers.RetryAfter = RetryAfter.ToString(CultureInfo.InvariantCulture);
        }

        if (Status is StatusCodes.Status408RequestTimeout
            or StatusCodes.Status413PayloadTooLarge
            or StatusCodes.Status507InsufficientStorage)
        {
            // What is left of the request is not worth waiting for.
            response.Headers.Connection = "close";
        }

        if (context.Features.Get<ErrorPageRequest>() is not { } page || !page.TryTake(Status))
        {
            WriteBody(context, Status);
        }
    }

    /// <summary>Writes the line of text for a status that is set.</summary>
    public static void WriteBody(HttpContext context, int status)
    {
        var response = context.Response;
        response.ContentType = "text/plain; charset=utf-8";
        var text = $"{status} {ReasonPhrases.GetReasonPhrase(status)}\n";
        response.ContentLength = text.Length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var writer = response.BodyWriter;
        writer.Advance(Encoding.ASCII.GetBytes(text, writer.GetSpan(text.Length)));
    }
}
