using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Addergate.AspNetCore.Connections;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Queue;
using Addergate.AspNetCore.Slots;
using Addergate.Wire.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Tests.Fakes;

/// <summary>The dispatcher in a real Kestrel on a free loopback port, with a real slot listener.</summary>
internal sealed class TestFrontEnd : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ag");
    private readonly CancellationTokenSource _stop = new();
    private readonly List<FakeWorker> _workers = [];
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly WebApplication _app;
    private readonly Task _accepting;

    private TestFrontEnd(Action<WsgiOptions>? configure, string mountPoint, TimeSpan? requestTimeout, bool isGated)
    {
        SocketPath = Path.Combine(_directory.FullName, "s");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => _ = isGated ? listen.UseHttpGate() : listen));
        builder.Logging.AddProvider(Log).SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Error);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddWsgi(options =>
        {
            options.SpoolDirectory = _directory.FullName;
            configure?.Invoke(options);
        });
        _app = builder.Build();
        _app.MapWsgi(mountPoint, requestTimeout);
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen(64);
        Get<SupervisorLink>().Attach(Told.Enqueue);
        _accepting = _app.Services.GetRequiredService<SlotListener>().RunAsync(_listener, _stop.Token);
    }

    public ManualTime Time { get; } = new();

    public RecordedLog Log { get; } = new();

    /// <summary>What the supervisor was told.</summary>
    public ConcurrentQueue<ControlMessage> Told { get; } = [];

    public string SocketPath { get; }

    public string SpoolDirectory => _directory.FullName;

    public Uri Address { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public WorkerRegistry Registry => Get<WorkerRegistry>();

    public WsgiDispatcher Dispatcher => Get<WsgiDispatcher>();

    public SlotPool Pool => Get<WsgiApplications>().All[0].Pool;

    public static async Task<TestFrontEnd> StartAsync(
        Action<WsgiOptions>? configure = null, string mountPoint = "", TimeSpan? requestTimeout = null, bool isGated = false)
    {
        var frontEnd = new TestFrontEnd(configure, mountPoint, requestTimeout, isGated);
        await frontEnd._app.StartAsync();
        frontEnd.Address = new Uri(frontEnd._app.Urls.Single());
        frontEnd.Client = new HttpClient { BaseAddress = frontEnd.Address };
        return frontEnd;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Admits a worker, connects its slots and puts its generation in force.</summary>
    public async Task<FakeWorker> AddWorkerAsync(int slots = 1, uint generation = 1, ulong maximumRequests = 0)
    {
        var worker = Admit(slots, generation, maximumRequests);
        for (var slot = 0; slot < slots; slot++)
        {
            worker.Connect();
            // One after the other, so that the last to connect is the first to be used: tests know which it is.
            var expected = slot + 1;
            await Deadline.UntilAsync(
                () => Pool.Slots.Count(other => other.Worker.Admission == worker.Admission) == expected);
        }

        Registry.PutInForce(new InForceMessage(0, generation));
        return worker;
    }

    public FakeWorker Admit(int slots = 1, uint generation = 1, ulong maximumRequests = 0)
    {
        var worker = new FakeWorker(SocketPath, (uint)_workers.Count + 1, slots, generation, maximumRequests);
        _workers.Add(worker);
        Registry.Admit(worker.Admission);
        return worker;
    }

    /// <summary>Sends requests one after another, each when the one before it waits.</summary>
    public async Task<List<Task<HttpResponseMessage>>> QueueAsync(params string[] targets)
    {
        var answers = new List<Task<HttpResponseMessage>>();
        foreach (var target in targets)
        {
            var waiting = Dispatcher.Waiting;
            answers.Add(Client.GetAsync(target));
            await Deadline.UntilAsync(() => Dispatcher.Waiting > waiting);
        }

        return answers;
    }

    /// <summary>Connects as a client and sends something.</summary>
    public async Task<RawClient> SendRawAsync(string text)
    {
        // Small and fixed: left to itself the kernel takes tens of megabytes for a client that does not read.
        var client = new TcpClient { ReceiveBufferSize = 64 * 1024 };
        await client.ConnectAsync(IPAddress.Loopback, Address.Port);
        var raw = new RawClient(client);
        await raw.SendAsync(Encoding.Latin1.GetBytes(text));
        return raw;
    }

    public async ValueTask DisposeAsync()
    {
        _workers.ForEach(static worker => worker.Dispose());
        Client.Dispose();
        await _stop.CancelAsync();
        await _accepting.WithDeadline();
        _listener.Dispose();
        await _app.DisposeAsync();
        _stop.Dispose();
        _directory.Delete(recursive: true);
    }
}
