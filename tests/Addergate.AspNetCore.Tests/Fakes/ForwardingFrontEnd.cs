using System.Net;
using System.Net.Sockets;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Forwarding;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Addergate.AspNetCore.Tests.Fakes;

/// <summary>The forwarder in a real Kestrel with a clock that stands still: <c>/api/…</c> is passed on to a target that the test
/// plays.</summary>
internal sealed class ForwardingFrontEnd : IAsyncDisposable
{
    /// <summary>How long a target may be silent.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly WebApplication _app;

    private ForwardingFrontEnd()
    {
        _listener.Start();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            // By the clock of the machine, which these tests do not ask.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        _app = builder.Build();
        var target = new ForwardTarget("http", $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}", "/", null);
        var routes = new ForwardRoutes(
            new ForwardSettings { Rules = [new ForwardRule(null, "/api", target)], Timeout = Timeout }, []);
        var services = new ForwardServices(
            new ForwardedHeaders(null), new Departure(), "addergate", Timeout, 0, default, Time, NullLogger.Instance);
        ((IApplicationBuilder)_app).Use(next => new ForwardMiddleware(next, routes, services).InvokeAsync);
    }

    public ManualTime Time { get; } = new();

    public static async Task<ForwardingFrontEnd> StartAsync()
    {
        var frontEnd = new ForwardingFrontEnd();
        await frontEnd._app.StartAsync();
        return frontEnd;
    }

    /// <summary>Sends a request's head and whatever follows, and accepts the connection that it is passed on by.</summary>
    /// <param name="line">Method and path.</param>
    /// <param name="rest">Header lines, the empty line, and what of the body is there.</param>
    public async Task<(RawClient Client, RawClient Target)> AskAsync(string line, string rest)
    {
        var client = await SendAsync(line, rest);
        var target = new RawClient(await _listener.AcceptTcpClientAsync(Deadline.Token()));
        return (client, target);
    }

    /// <inheritdoc cref="AskAsync"/>
    public async Task<RawClient> SendAsync(string line, string rest)
    {
        var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(IPAddress.Loopback, new Uri(_app.Urls.Single()).Port);
        var client = new RawClient(connection);
        await client.SendAsync($"{line} HTTP/1.1\r\nHost: test\r\n{rest}");
        return client;
    }

    /// <summary>Lets so much time pass until something has come to its end: it may not have been waited for yet.</summary>
    public async Task PassUntilAsync(TimeSpan step, Task end)
    {
        var deadline = Deadline.Token();
        while (!end.IsCompleted)
        {
            deadline.ThrowIfCancellationRequested();
            Time.Advance(step);
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _app.DisposeAsync();
    }
}
