using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Addergate.AspNetCore.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Addergate.AspNetCore.Edge.Tests.Connections;

/// <summary>A Kestrel with the gate on a free loopback port. It answers each request with its target and the length of
/// its body; <c>/wait</c> answers when <see cref="Release"/> is called.</summary>
public sealed class GatedServer : IAsyncLifetime
{
    private readonly WebApplication _app;

    public GatedServer()
        : this(TimeProvider.System)
    {
    }

    /// <param name="time">The clock of the gate.</param>
    /// <param name="isInline">Whether completions run inline, as in the front end.</param>
    internal GatedServer(TimeProvider time, bool isInline = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(time);
        builder.WebHost.UseSockets(options => options.UnsafePreferInlineScheduling = isInline);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static options =>
        {
            options.AllowHostHeaderOverride = true;
            options.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            options.Listen(IPAddress.Loopback, 0, static listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttpGate();
            });
        });
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    /// <summary>Targets of the requests that reached the application, in order.</summary>
    public ConcurrentQueue<string> Served { get; } = new();

    /// <summary>Completes when a request to <c>/wait</c> runs.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets <c>/wait</c> answer.</summary>
    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with what became of the request to <c>/wait</c>.</summary>
    public TaskCompletionSource<bool> Aborted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    public async Task<Socket> ConnectAsync()
    {
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(address).Port);
        return socket;
    }

    /// <summary>Sends pieces and reads all that is answered until the server closes.</summary>
    public async Task<string> TalkAsync(IEnumerable<byte[]> pieces)
    {
        using var socket = await ConnectAsync();
        var answer = ReadToEndAsync(socket);
        try
        {
            foreach (var piece in pieces)
            {
                await socket.SendAsync(piece);
            }

            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It closed before all was sent.
        }

        return await answer.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public static async Task<string> ReadToEndAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer)) > 0)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            text.Append("(reset)");
        }

        return text.ToString();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        Served.Enqueue(target);
        if (target == "/wait")
        {
            using var registration = context.RequestAborted.Register(() => Aborted.TrySetResult(true));
            Waiting.TrySetResult();
            await Task.WhenAny(Release.Task, Aborted.Task);
            Aborted.TrySetResult(false);
        }

        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        await context.Response.WriteAsync($"[{target} {body.Length}]");
    }
}
