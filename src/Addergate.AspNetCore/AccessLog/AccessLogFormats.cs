using Addergate.Settings.Model;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>The format for a setting.</summary>
internal static class AccessLogFormats
{
    public static IAccessLineFormat Create(AccessLogFormat format) => format switch
    {
        AccessLogFormat.Json => new JsonLineFormat(),
        AccessLogFormat.Combined => new ApacheLineFormat(isCombined: true),
        _ => new ApacheLineFormat(isCombined: false),
    };
}
