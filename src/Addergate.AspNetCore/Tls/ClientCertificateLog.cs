using System.Net;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Tls;

/// <summary>Log records of clients' certificates, ids from 190.</summary>
internal static partial class ClientCertificateLog
{
    [LoggerMessage(190, LogLevel.Debug, "The client {Client} has no certificate, and all clients need one")]
    public static partial void Missing(ILogger logger, EndPoint? client);

    [LoggerMessage(191, LogLevel.Debug, "The certificate of the client {Client} for {Subject} is refused: {Reason}")]
    public static partial void Refused(ILogger logger, EndPoint? client, string subject, string reason);
}
