using System.ComponentModel;
using System.Net.Sockets;
using Addergate.Posix.Processes;
using Addergate.Posix.Processes.Exec;
using Addergate.Posix.Sockets;
using Addergate.Settings.Model;
using Addergate.Supervisor.Endpoints;
using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Logs;
using Addergate.Supervisor.Services;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Supervisor.Shell;

/// <summary>Starts a child's process with its pipes and sockets. On the supervisor's loop alone.</summary>
internal sealed class ChildLauncher : IDisposable
{
    private const int Control = 3;
    private const int Log = 4;
    private const int Forks = 5;

    // When memory is short a worker is lost, which is replaced, rather than the front end with every connection: a fifth of
    // the memory is more than that ever has.
    private const int OomScoreRise = 200;

    private readonly SupervisorPlan _plan;
    private readonly ServerEndpoints _endpoints;
    private readonly ServerLogs _logs;
    private readonly LogCollector _collector = new();
    private readonly SafeFileHandle _null = File.OpenHandle("/dev/null");
    private readonly IReadOnlyList<ResourceLimit> _serviceLimits;

    public ChildLauncher(SupervisorPlan plan, ServerEndpoints endpoints, ServerLogs logs)
    {
        _plan = plan;
        _endpoints = endpoints;
        _logs = logs;
        _serviceLimits = WorkerLimits.ForService(plan.Environment);
    }

    /// <summary>Starts the process.</summary>
    /// <param name="child">What it is to be.</param>
    /// <param name="lines">Told what it writes.</param>
    /// <param name="reason">Why there is none.</param>
    /// <returns>Our end of its control socket with <see cref="Child.ProcessId"/> set; null with the reason.</returns>
    public SafeSocketHandle? Launch(Child child, LastLines lines, out string reason) => Spawn(
        descriptors => child.Role == ChildRole.FrontEnd ? FrontEnd(descriptors) : Worker(child.Pool!, descriptors),
        (processId, streams) =>
        {
            child.ProcessId = processId;
            Collect(child, streams, lines);
        },
        out reason);

    /// <summary>Starts a service script's process.</summary>
    /// <param name="service">Whose <see cref="Service.ProcessId"/> is set.</param>
    /// <param name="lines">Told what it writes.</param>
    /// <param name="reason">Why there is none.</param>
    /// <returns>Our end of its control socket; null with the reason.</returns>
    public SafeSocketHandle? LaunchService(Service service, LastLines lines, out string reason) => Spawn(
        descriptors => Service(service.Settings, descriptors),
        (processId, streams) =>
        {
            service.ProcessId = processId;
            Collect($"{service.Settings.Name}, pid {processId}", false, streams, lines, _logs.OfService(service.Settings));
        },
        out reason);

    /// <summary>Starts the process that is to fork a generation's workers.</summary>
    /// <returns>Its pid, our end of its control socket, and where it takes the workers' descriptors; null with the
    /// reason.</returns>
    public (int ProcessId, SafeSocketHandle Control, SafeSocketHandle Forks)? LaunchTemplate(
        Generation generation, out string reason)
    {
        var template = 0;
        var forks = default(SocketPair);
        var control = Spawn(
            descriptors =>
            {
                forks = SocketPair.CreateSeqPacket();
                descriptors[Forks] = (int)forks.Theirs.DangerousGetHandle();
                return Worker(generation.Pool, descriptors);
            },
            (processId, streams) =>
            {
                template = processId;
                Collect($"template of generation {generation.Number}, pid {processId}", false, streams, new LastLines(), _logs);
            },
            out reason);
        forks.Theirs?.Dispose();
        if (control is null)
        {
            forks.Dispose();
            return null;
        }

        return (template, control, forks.Ours);
    }

    /// <summary>Reads what a child prints and logs from here on.</summary>
    public void Collect(Child child, ChildStreams streams, LastLines lines) => Collect(
        child.Role == ChildRole.FrontEnd
            ? $"front end, pid {child.ProcessId}"
            : $"worker {child.Number}, pid {child.ProcessId}",
        child.Role == ChildRole.FrontEnd,
        streams,
        lines,
        _logs);

    /// <summary>Completes when what the children have written so far has been read.</summary>
    public Task CatchUpAsync() => _collector.CatchUpAsync();

    /// <summary>Reads what the children still have to say.</summary>
    public void Dispose()
    {
        _collector.Close();
        _null.Dispose();
    }

    /// <summary>The one way in which a child comes to be.</summary>
    /// <param name="request">What to start, with these descriptors and perhaps more. It may throw as the streams do.</param>
    /// <param name="started">Told its pid; keeps what is to be read of its streams.</param>
    /// <param name="reason">Why there is none.</param>
    /// <returns>Our end of its control socket; null with the reason.</returns>
    private SafeSocketHandle? Spawn(
        Func<Dictionary<int, int>, SpawnRequest> request, Action<int, ChildStreams> started, out string reason)
    {
        try
        {
            using var streams = ChildStreams.Create();
            var result = ChildProcess.Spawn(request(Descriptors(streams)));
            if (!result.Succeeded)
            {
                reason = $"cannot start {_plan.Executable}: {result.ErrorText}";
                return null;
            }

            started(result.ProcessId, streams);
            reason = "";
            return streams.KeepControl();
        }
        catch (Win32Exception error)
        {
            reason = $"cannot start a process: {error.Message}";
            return null;
        }
    }

    private void Collect(string source, bool mayLogAccess, ChildStreams streams, LastLines lines, ServerLogs logs)
    {
        _collector.Add(new PrintedSource(streams.KeepOutput(), "stdout", source, lines, logs));
        _collector.Add(new PrintedSource(streams.KeepError(), "stderr", source, lines, logs));
        _collector.Add(new RecordSource(streams.KeepLog(), source, mayLogAccess, lines, logs));
    }

    private Dictionary<int, int> Descriptors(ChildStreams streams)
    {
        var theirs = streams.Theirs;
        return new Dictionary<int, int>
        {
            [0] = (int)_null.DangerousGetHandle(),
            [1] = theirs[0],
            [2] = theirs[1],
            [Control] = theirs[2],
            [Log] = theirs[3],
        };
    }

    private SpawnRequest FrontEnd(Dictionary<int, int> descriptors)
    {
        foreach (var (number, socket) in _endpoints.Inherited)
        {
            descriptors[number] = (int)socket.Handle;
        }

        return Request(
            new ExecPlan
            {
                Command = [_plan.Executable, "_frontend"],
                Directory = "/",
                NoNewPrivileges = true,
                IsGuarded = true,
            },
            _plan.Settings.Identity,
            descriptors,
            ChildEnvironment.ForFrontEnd(_plan));
    }

    private SpawnRequest Worker(Pool pool, Dictionary<int, int> descriptors)
    {
        var hasTerminal = _plan.Settings.Development.DebugMode;
        if (hasTerminal)
        {
            // A debugger asks there. In a group of its own it would be stopped for reading.
            (descriptors[0], descriptors[1], descriptors[2]) = (0, 1, 2);
        }

        var application = pool.Application;
        var request = Request(
            Python(application, _plan.Applications[pool.Index].Python) with
            {
                Limits = WorkerLimits.For(application.Workers, _plan.Environment),
                CpuPriority = application.Workers.CpuPriority,
                MayChangeRoot = application.Application.Root is not null,
                // Else a set-uid program would trust what is in a root directory of the application's own.
                NoNewPrivileges = application.Application.Root is not null,
            },
            application.Identity,
            descriptors,
            ChildEnvironment.ForWorker(_plan, pool.Index));
        return request with { NewProcessGroup = !hasTerminal };
    }

    private SpawnRequest Service(ServiceSettings service, Dictionary<int, int> descriptors) => Request(
        Python(_plan.Settings.Main, _plan.Applications[0].Python) with { Limits = _serviceLimits },
        service.Identity,
        descriptors,
        ChildEnvironment.ForService(_plan, service.Identity));

    private ExecPlan Python(HostedApplication application, string executable) => new()
    {
        Command =
        [
            executable,
            .. application.Python.Warnings.SelectMany(static filter => (string[])["-W", filter]),
            _plan.BootstrapScript,
        ],
        OomScoreRise = OomScoreRise,
        FileMask = (uint?)application.Workers.FileMask,
    };

    private SpawnRequest Request(
        ExecPlan exec, IdentitySettings identity, Dictionary<int, int> descriptors, IReadOnlyList<string> environment)
    {
        exec = exec with
        {
            UserId = identity.UserId,
            GroupId = identity.GroupId,
            UserName = identity.UserName,
            SupplementaryGroups = identity.SupplementaryGroups,
            ParentProcess = Environment.ProcessId,
            CloseFrom = descriptors.Keys.Max() + 1,
        };
        return new SpawnRequest
        {
            Program = _plan.Executable,
            Arguments = [_plan.Executable, .. exec.ToArguments()],
            Environment = environment,
            Descriptors = descriptors,
        };
    }
}
