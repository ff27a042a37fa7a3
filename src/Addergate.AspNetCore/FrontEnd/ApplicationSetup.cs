using Addergate.Settings.Model;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>What the dispatch of one application needs to know, from the settings.</summary>
internal static class ApplicationSetup
{
    public static void Apply(WsgiOptions options, HostedApplication hosted, ServerSettings server, string serverHeader)
    {
        // The caps on everything are the server's; the first application's count.
        options.Limits = hosted.Limits with
        {
            TotalMemory = server.Limits.TotalMemory,
            TotalSpool = server.Limits.TotalSpool,
        };
        options.QueueTimeout = hosted.Timeouts.Queue;
        options.QueueLimit = hosted.Queue.Limit;
        options.QueuePolicy = hosted.Queue.Policy;
        options.ExpectedSlots = hosted.Workers.Processes * hosted.Workers.Threads;
        options.RequestTimeout = hosted.Timeouts.Request;
        options.SlowRequest = hosted.Timeouts.SlowRequest;
        options.InterruptTimeout = hosted.Timeouts.Interrupt;
        options.IgnoreActivity = hosted.Workers.IgnoreActivity;
        options.BodyTimeout = ClientLimits.Body(server.Clients);
        options.SocketTimeout = server.Clients.Socket;
        options.ResponseSocketTimeout = server.Clients.ResponseSocket;
        options.SpoolDirectory = server.ServerRoot;
        options.ServerHeader = serverHeader;
        options.IsProxied = server.Proxies.Headers.Count > 0;
        options.HasErrorPages = server.ErrorPages.Documents.Count > 0;
        options.HasFileHandlers = hosted.Application.Handlers.Count > 0;
        options.MeasuredAs = server.Telemetry.IsMeasured ? hosted.Name : null;
        options.IsAccessLogged = server.Logs.AccessLogEnabled;
    }
}
