using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Files;

/// <summary>Log records of the file server, ids from 160.</summary>
internal static partial class FileLog
{
    [LoggerMessage(160, LogLevel.Error, "A file below {Root} cannot be opened ({Reason}): {Path}")]
    public static partial void CannotOpen(ILogger logger, string root, string reason, string path);

    [LoggerMessage(161, LogLevel.Error, "A file became shorter while it was sent, or cannot be read; its client was cut off: {Path}")]
    public static partial void CannotRead(ILogger logger, string path);

    [LoggerMessage(162, LogLevel.Error, "{Line}: the application handed over {Header}: {Value}, which {Problem}")]
    public static partial void HandedOverInVain(ILogger logger, string line, string header, string value, string problem);
}
