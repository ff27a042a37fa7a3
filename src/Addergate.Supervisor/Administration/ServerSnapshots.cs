using Addergate.Posix.Processes;
using Addergate.Settings.Model;
using Addergate.Supervisor.Endpoints;
using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Services;
using Addergate.Supervisor.Shell;
using Addergate.Wire.Administration;

namespace Addergate.Supervisor.Administration;

/// <summary>Makes the snapshot that <c>addergate status</c> shows. On the supervisor's loop.</summary>
internal static class ServerSnapshots
{
    public static ServerSnapshot Take(
        Fleet fleet, IReadOnlyList<Template> templates, ServiceSet services, ServerParts parts)
    {
        var settings = parts.Plan.Settings;
        var applications = fleet.Pools.Select(pool => ApplicationOf(pool, fleet)).ToArray();
        var waiting = fleet.Waiting;
        return new ServerSnapshot
        {
            Version = parts.Plan.ServerSoftware.Split('/')[^1],
            Application = applications[0].Entry,
            Applications = applications,
            Urls = [.. PortUrls.Of(parts.Endpoints.Ports).Select(static served => served.Url)],
            TelemetryUrl = PortUrls.OfPage(parts.Endpoints.Ports),
            Port = parts.Endpoints.Port,
            ServerRoot = settings.ServerRoot,
            State = NameOf(fleet.Phase),
            Generation = fleet.Pools[0].InForce?.Number ?? 0,
            Reloading = fleet.IsReloading,
            Waiting = waiting.Waiting,
            OldestWaitSeconds = waiting.OldestWaitMilliseconds / 1000.0,
            Running = fleet.Children.Sum(static child => child.Activity.Running),
            Capacity = applications.Sum(static application => application.Capacity),
            Completed = (long)fleet.Completed,
            Refused = (long)waiting.Refused,
            TimedOut = (long)waiting.TimedOut,
            Recycled = Enum.GetValues<RecycleReason>()
                .Where(reason => fleet.Recycled[reason] > 0)
                .ToDictionary(RecycleReasons.NameOf, reason => (long)fleet.Recycled[reason]),
            Processes =
            [
                Process("supervisor", Environment.ProcessId, NameOf(fleet.Phase)),
                .. Of(ChildRole.FrontEnd),
                .. templates.Where(static template => !template.HasEnded).Select(ProcessOf),
                .. Of(ChildRole.Worker),
                .. services.All.Select(ProcessOf),
            ],
            Events = fleet.History.Last,
        };

        IEnumerable<ProcessSnapshot> Of(ChildRole role) => fleet.Children
            .Where(child => child.Role == role)
            .Select(child => ProcessOf(child, fleet.Pools.Count > 1, parts.Time));
    }

    private static ApplicationSnapshot ApplicationOf(Pool pool, Fleet fleet)
    {
        var hosted = pool.Application;
        var ready = fleet.Children.Count(child =>
            child is { State: Table.ChildState.Ready, Seat.Generation: var generation } && generation == pool.InForce);
        return new ApplicationSnapshot(
            hosted.Name,
            hosted.Application.Type == ApplicationType.Welcome ? "the welcome page" : hosted.Application.Entry,
            hosted.Application.MountPoint.Length == 0 ? "/" : hosted.Application.MountPoint,
            pool.InForce?.Number ?? 0,
            pool.Loading is not null && fleet.IsReloading,
            ready * hosted.Workers.Threads,
            pool.Running,
            pool.Queue.Waiting)
        {
            Hosts = hosted.Hosts,
            Failure = pool.Failure,
        };
    }

    private static ProcessSnapshot ProcessOf(Child child, bool areSeveral, TimeProvider time)
    {
        var state = child.State.ToString().ToLowerInvariant();
        return child.Seat is not { } seat
            ? Process("front end", child.ProcessId, state)
            : Process("worker", child.ProcessId, state) with
            {
                Number = child.Number,
                Generation = seat.Generation.Number,
                Name = areSeveral ? seat.Pool.Application.Name : null,
                Threads = seat.Pool.Application.Workers.Threads,
                Completed = (long)child.Activity.Completed,
                Running = child.Activity.Running,
                IdleSeconds = child.Activity.Running > 0 ? 0 : IdleSeconds(child, time),
            };
    }

    private static ProcessSnapshot ProcessOf(Template template) =>
        Process(
            "template",
            template.ProcessId,
            template.IsDropped ? "stopping" : template.IsReady ? "ready" : "starting") with
        {
            Generation = template.Generation.Number,
        };

    private static ProcessSnapshot ProcessOf(Service service) =>
        Process("service", service.ProcessId, service.State.ToString().ToLowerInvariant()) with
        {
            Name = service.Settings.Name,
        };

    /// <summary>Before its first request it has been idle since it was ready.</summary>
    private static double? IdleSeconds(Child worker, TimeProvider time) =>
        worker.ReadyAt == 0
            ? null
            : Math.Round(time.GetElapsedTime(worker.Activity.LastActive ?? worker.ReadyAt).TotalSeconds, 2);

    private static ProcessSnapshot Process(string role, int id, string state)
    {
        var usage = ProcessUsage.Of(id);
        return new ProcessSnapshot(
            role, id, state, Math.Round(ProcessAge.Of(id)?.TotalSeconds ?? 0, 2), usage?.ResidentBytes)
        {
            CpuSeconds = usage?.CpuTime.TotalSeconds,
        };
    }

    private static string NameOf(FleetPhase phase) => phase.ToString().ToLowerInvariant();
}
