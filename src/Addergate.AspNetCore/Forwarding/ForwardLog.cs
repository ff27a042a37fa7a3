using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>Log records of what is passed on to other servers, ids from 180.</summary>
internal static partial class ForwardLog
{
    [LoggerMessage(180, LogLevel.Error,
        "{Target} did not answer {Line}: {Reason}. Requests that failed there since this was said last: {Count}")]
    public static partial void NoAnswer(ILogger logger, string target, string line, string reason, long count);

    [LoggerMessage(181, LogLevel.Error,
        "{Target} broke off its answer to {Line}, and the client was cut off: {Reason}. Requests that failed there since this "
        + "was said last: {Count}")]
    public static partial void BrokenOff(ILogger logger, string target, string line, string reason, long count);

    [LoggerMessage(182, LogLevel.Debug, "A WebSocket with {Target} was closed after {Seconds} s of silence")]
    public static partial void TunnelSilent(ILogger logger, string target, double seconds);
}
