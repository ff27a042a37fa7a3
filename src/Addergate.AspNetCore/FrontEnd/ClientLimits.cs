using Addergate.AspNetCore.Connections;
using Addergate.AspNetCore.Responses;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>The settings of slow and idle clients in the web server's terms, and what is left for our own watches.
/// </summary>
internal static class ClientLimits
{
    // The web server looks once a second, and asks for more than that.
    private static readonly TimeSpan ShortestGrace = TimeSpan.FromSeconds(1.1);

    // The web server adds its infinity to the time of day, which overflows: no limit would be none at all. Timers take no
    // more than 24 days.
    private static readonly TimeSpan Never = TimeSpan.FromDays(20);

    // The stall watch knows more and goes first; what is left to the web server is the end of a response.
    private static readonly TimeSpan AfterOurs = TimeSpan.FromSeconds(2);

    /// <summary>For HTTP/1, counted by the gate.</summary>
    public static HeadPatience Head(ClientSettings clients) => new(
        clients.HeaderTimeout, clients.HeaderMaxTimeout, clients.HeaderMinRate, clients.Socket);

    /// <summary>For the waiting of one body that no data rate limits.</summary>
    public static TimeSpan Body(ClientSettings clients)
    {
        if (clients.BodyTimeout == TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        return clients.BodyMinRate == 0 ? clients.BodyTimeout : clients.BodyMaxTimeout;
    }

    public static void Apply(KestrelServerLimits limits, ClientSettings clients)
    {
        // From the last answer, and from the connection's beginning, to the first byte of a request. Zero closes after
        // each answer, so that only the beginning is left.
        limits.KeepAliveTimeout = clients.KeepAlive > TimeSpan.Zero ? clients.KeepAlive
            : clients.HeaderTimeout > TimeSpan.Zero ? clients.HeaderTimeout
            : Never;
        limits.RequestHeadersTimeout = clients.HeaderTimeout > TimeSpan.Zero
            ? Head(clients).Longest(limits.MaxRequestHeadersTotalSize)
            : Never;
        limits.MinRequestBodyDataRate = clients.BodyTimeout == TimeSpan.Zero || clients.BodyMinRate == 0
            ? null
            : new MinDataRate(clients.BodyMinRate, Grace(clients.BodyTimeout));
        limits.MinResponseDataRate = clients.ResponseSocket == TimeSpan.Zero
            ? null
            : new MinDataRate(TakingPace.LeastRate, Grace(clients.ResponseSocket + AfterOurs));
    }

    private static TimeSpan Grace(TimeSpan time) => time > ShortestGrace ? time : ShortestGrace;
}
