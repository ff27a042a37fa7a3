using Addergate.Settings.LogFormats;
using Addergate.Settings.Model;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>The format for a setting.</summary>
internal static class AccessLogFormats
{
    /// <summary>Whether the lines say how many bytes went over the connection.</summary>
    public static bool CountsTraffic(LogSettings logs) =>
        logs.AccessLogEnabled && AccessFormat.CountsTraffic(AccessFormat.TryRead(logs.AccessLogFormat, out _) ?? []);

    public static IAccessLineFormat Create(ServerSettings settings) => settings.Logs.AccessLogFormat switch
    {
        AccessFormat.Json => new JsonLineFormat(),
        AccessFormat.Combined => new ApacheLineFormat(isCombined: true),
        AccessFormat.Common => new ApacheLineFormat(isCombined: false),
        var pattern => new PatternLineFormat(
            AccessFormat.TryRead(pattern, out _) ?? [],
            new ServerFacts
            {
                Name = settings.Names.ServerName ?? Environment.MachineName,
                Script = settings.Main.Application.Entry,
                Variables = settings.Main.Application.Variables,
            }),
    };
}
