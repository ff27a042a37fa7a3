namespace Addergate.Wire.Requests;

/// <summary>The fixed part of a request head.</summary>
/// <param name="Number">The request's number on this connection, from 1, one more each time. It is what claim words
/// compare, so a late answer can never be taken for the next request's.</param>
/// <param name="ContentLength">Bytes of body, -1 when it is not known (chunked and not taken in first).</param>
/// <param name="RequestStart">When the request's head was complete; seconds since the epoch, UTC.</param>
/// <param name="QueueStart">When it began to wait for a slot; seconds since the epoch, UTC.</param>
/// <param name="BodyMode">How the body comes.</param>
/// <param name="IsSecure">Whether <c>wsgi.url_scheme</c> is https.</param>
public readonly record struct RequestHead(
    ulong Number,
    long ContentLength,
    double RequestStart,
    double QueueStart,
    RequestBodyMode BodyMode,
    bool IsSecure)
{
    internal const int FixedSize = 8 + 8 + 8 + 8 + 1 + 1 + 2;
}
