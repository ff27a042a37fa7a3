using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Addergate.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>
/// Hears of the requests that the web server refuses before any middleware sees them, because they are no HTTP, too
/// large or too slow: they belong in the access log like the others. It is the diagnostic source of the web server alone;
/// subscribing to the host's would make that look for listeners at every request.
/// <para>The gate can make the parser say nothing but 400; what is late and not malformed gets its 408 here.</para>
/// </summary>
/// <param name="log">Null when there is no access log.</param>
/// <param name="time">The clock of it.</param>
internal sealed class RefusedRequests(AccessLogWriter? log, TimeProvider time) : DiagnosticSource
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    public override bool IsEnabled(string name) => name == BadRequest;

    // The base asks for it, for listeners that reflect on the value; this one does not.
    [RequiresUnreferencedCode("As the base method.")]
    public override void Write(string name, object? value)
    {
        // One that had reached the application has its record already.
        if (name != BadRequest || value is not IFeatureCollection features || features.Get<AccessRecord>() is not null)
        {
            return;
        }

        var response = features.GetRequiredFeature<IHttpResponseFeature>();
        if (features.Get<GateVerdict>() is { Violation: Violation.SlowHead } && !response.HasStarted)
        {
            response.StatusCode = StatusCodes.Status408RequestTimeout;
            response.Headers.Connection = "close";
            // Started now, or the parser's verdict would be put in its place. Without handlers to wait for this is done at
            // once; the gate flushes it.
            _ = features.GetRequiredFeature<IHttpResponseBodyFeature>().StartAsync();
        }

        if (log is not null)
        {
            var record = ToRecord(features, response.StatusCode);
            log.Format.Capture(features, record);
            log.Add(record);
        }
    }

    private AccessRecord ToRecord(IFeatureCollection features, int status)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        return new AccessRecord
        {
            Start = time.GetUtcNow(),
            StartTimestamp = time.GetTimestamp(),
            RemoteAddress = features.Get<IHttpConnectionFeature>()?.RemoteIpAddress,
            // As much as was understood; a dash stands for the rest, as in Apache's log.
            Method = OrDash(request.Method),
            Target = OrDash(request.RawTarget),
            Protocol = OrDash(request.Protocol),
            Host = request.Headers.Host.ToString(),
            Referer = request.Headers.Referer.ToString(),
            UserAgent = request.Headers.UserAgent.ToString(),
            Status = status,
            IsRefused = true,
            BodyBytes = 0,
        };
    }

    private static string OrDash(string? text) => string.IsNullOrEmpty(text) ? "-" : text;
}
