using System.ComponentModel;
using System.Net.Sockets;
using Addergate.Posix.Files;
using Addergate.Posix.Processes;
using Addergate.Posix.Processes.Exec;
using Addergate.Posix.Sockets;
using Addergate.Supervisor.Endpoints;
using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Logs;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Supervisor.Shell;

/// <summary>Starts a child's process with its pipes and sockets. On the supervisor's loop alone.</summary>
internal sealed class ChildLauncher : IDisposable
{
    private const int Control = 3;
    private const int Log = 4;

    private readonly SupervisorPlan _plan;
    private readonly ServerEndpoints _endpoints;
    private readonly ServerLogs _logs;
    private readonly LogCollector _collector = new();
    private readonly SafeFileHandle _null = File.OpenHandle("/dev/null");
    private readonly IReadOnlyList<ResourceLimit> _workerLimits = WorkerLimits();

    public ChildLauncher(SupervisorPlan plan, ServerEndpoints endpoints, ServerLogs logs)
    {
        _plan = plan;
        _endpoints = endpoints;
        _logs = logs;
    }

    /// <summary>Starts the process.</summary>
    /// <returns>Our end of its control socket with <see cref="Child.ProcessId"/> set; null with the reason.</returns>
    public SafeSocketHandle? Launch(Child child, out string reason)
    {
        try
        {
            using var output = PipePair.Create();
            using var error = PipePair.Create();
            using var control = SocketPair.CreateStream();
            using var log = SocketPair.CreateSeqPacket();
            var descriptors = new Dictionary<int, int>
            {
                [0] = (int)_null.DangerousGetHandle(),
                [1] = (int)output.Writer.DangerousGetHandle(),
                [2] = (int)error.Writer.DangerousGetHandle(),
                [Control] = (int)control.Theirs.DangerousGetHandle(),
                [Log] = (int)log.Theirs.DangerousGetHandle(),
            };
            var result = ChildProcess.Spawn(child.Role == ChildRole.FrontEnd
                ? FrontEnd(descriptors)
                : Worker(descriptors));
            if (!result.Succeeded)
            {
                reason = $"cannot start {_plan.Executable}: {result.ErrorText}";
                return null;
            }

            child.ProcessId = result.ProcessId;
            var source = child.Role == ChildRole.FrontEnd
                ? $"front end, pid {child.ProcessId}"
                : $"worker {child.Number}, pid {child.ProcessId}";
            _collector.Add(new PrintedSource(Keep(output.Reader), "stdout", source, _logs));
            _collector.Add(new PrintedSource(Keep(error.Reader), "stderr", source, _logs));
            _collector.Add(new RecordSource(Keep(log.Ours), source, child.Role == ChildRole.FrontEnd, _logs));
            reason = "";
            return Keep(control.Ours);
        }
        catch (Win32Exception error)
        {
            reason = $"cannot start a process: {error.Message}";
            return null;
        }
    }

    /// <summary>Reads what the children still have to say.</summary>
    public void Dispose()
    {
        _collector.Close();
        _null.Dispose();
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
            },
            descriptors,
            ChildEnvironment.ForFrontEnd(_plan));
    }

    private SpawnRequest Worker(Dictionary<int, int> descriptors) => Request(
        new ExecPlan
        {
            Command = [_plan.PythonExecutable, .. _plan.PythonOptions, _plan.BootstrapScript],
            Limits = _workerLimits,
        },
        descriptors,
        ChildEnvironment.ForWorker(_plan));

    private SpawnRequest Request(ExecPlan exec, Dictionary<int, int> descriptors, IReadOnlyList<string> environment)
    {
        var identity = _plan.Settings.Identity;
        exec = exec with
        {
            UserId = identity.UserId,
            GroupId = identity.GroupId,
            UserName = identity.UserName,
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

    /// <summary>
    /// The .NET runtime raised this process's soft limit of open files to the hard one, and what it was before is not to
    /// be had. An application gets what the parent has, the user's shell as a rule: select() breaks above 1024. Not when
    /// the hard limits differ: then the limits were set for this program on purpose.
    /// </summary>
    private static IReadOnlyList<ResourceLimit> WorkerLimits() =>
        ResourceLimits.Get(ParentProcess.Id, ResourceKind.OpenFiles) is { } parents
        && ResourceLimits.Get(0, ResourceKind.OpenFiles) is { } ours
        && parents.Hard == ours.Hard
            ? [new ResourceLimit(ResourceKind.OpenFiles, parents.Soft, null)]
            : [];

    // The using declarations above close every end that is not kept by a copy of its handle.
    private static SafeSocketHandle Keep(SafeSocketHandle handle)
    {
        var kept = new SafeSocketHandle(handle.DangerousGetHandle(), ownsHandle: true);
        handle.SetHandleAsInvalid();
        return kept;
    }

    private static SafeFileHandle Keep(SafeFileHandle handle)
    {
        var kept = new SafeFileHandle(handle.DangerousGetHandle(), ownsHandle: true);
        handle.SetHandleAsInvalid();
        return kept;
    }
}
