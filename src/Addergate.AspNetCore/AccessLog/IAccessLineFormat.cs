using Addergate.Wire.Frames;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>
/// Writes one line of the access log. Whatever a client sent, the line stays one line and its fields stay where they
/// are. At most <see cref="MaxLine"/> bytes. Not thread-safe, but for <see cref="Capture"/>.
/// </summary>
internal interface IAccessLineFormat
{
    /// <summary>Longest line in bytes: method, target, referer, user agent, and all else.</summary>
    const int MaxLine = (4 * LineText.MaxField) + 4096;

    void Write(FrameBuffer line, AccessRecord record);

    /// <summary>Keeps what the line needs of a request beyond what every record has, while the request is there. Any thread.
    /// </summary>
    void Capture(IFeatureCollection features, AccessRecord record)
    {
    }
}
