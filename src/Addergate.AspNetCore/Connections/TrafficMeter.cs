namespace Addergate.AspNetCore.Connections;

/// <summary>
/// How many bytes each request on an HTTP/1 connection brought and took, heads and framing included, TLS not. Only there
/// when somebody asks for it. The parser takes one request after the other, so what was written since the one before ended
/// is this one's.
/// </summary>
internal sealed class TrafficMeter(GatePipeReader reader, MessageStarts starts, MeteredWriter writer)
{
    private long _sentBefore;

    /// <summary>For a request whose response has ended. What is left of its body is still to be read, and counts for nobody.
    /// </summary>
    public (long Received, long Sent) EndRequest()
    {
        var consumed = reader.Consumed;
        var received = consumed - starts.Of(consumed - 1);
        var sent = writer.Written - _sentBefore;
        _sentBefore += sent;
        return (received, sent);
    }

    /// <summary>For one that the parser refuses, after which nothing is read: what came of it. Its answer is not written yet.
    /// </summary>
    public long Refuse() => starts.EndOf(reader.Consumed, reader.Received) - starts.Of(reader.Consumed);
}
