using Addergate.Wire.Frames;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Bodies;

/// <summary>What an exception of the web server's body reader means.</summary>
internal static class BodyFailure
{
    /// <summary>The status to answer with, or 0 when nobody is there to answer.</summary>
    public static int ToStatus(Exception failure) => failure is BadHttpRequestException bad ? bad.StatusCode : 0;

    /// <summary>The flags of the worker's BODY_END.</summary>
    public static FrameFlags ToFlags(Exception failure) => ToStatus(failure) switch
    {
        // The web server has one exception for bad framing and for a stream that ends too early; only its text tells
        // them apart. Should that change, the application still learns that the body is not whole.
        StatusCodes.Status400BadRequest when failure.Message.StartsWith("Unexpected end", StringComparison.Ordinal) =>
            FrameFlags.Disconnected,
        StatusCodes.Status413PayloadTooLarge => FrameFlags.TooLarge,
        0 => FrameFlags.Disconnected,
        _ => FrameFlags.Invalid,
    };
}
