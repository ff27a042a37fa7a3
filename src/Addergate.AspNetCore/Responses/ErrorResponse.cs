using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Addergate.AspNetCore.Responses;

/// <summary>The server's own answer where there is none of the application's: one line of text.</summary>
internal static class ErrorResponse
{
    /// <summary>Makes it the response, which must not have started; it goes out when the request ends.</summary>
    public static void Write(HttpContext context, int status)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = status;
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
