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
        StatusCodes.Status413PayloadTooLarge => FrameFlags.TooLarge,
        0 => FrameFlags.Disconnected,
        _ => FrameFlags.Invalid,
    };
}
