using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.ErrorPages;

/// <summary>Log records of error pages, ids from 180.</summary>
internal static partial class ErrorPageLog
{
    [LoggerMessage(180, LogLevel.Warning, "The page for {Status} cannot be shown: {Page} {Problem}")]
    public static partial void CannotShow(ILogger logger, int status, string page, string problem);
}
