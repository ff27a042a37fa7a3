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
        var threads = settings.Workers.Threads;
        var ready = fleet.Children.Count(child =>
            child is { State: Table.ChildState.Ready, Seat.Generation: var generation } && generation == fleet.InForce);
        return new ServerSnapshot
        {
            Version = parts.Plan.ServerSoftware.Split('/')[^1],
            Application = settings.Application.Type == ApplicationType.Welcome
                ? "the welcome page"
                : settings.Application.Entry,
            Urls = [.. PortUrls.Of(parts.Endpoints.Ports).Select(static served => served.Url)],
            Port = parts.Endpoints.Port,
            ServerRoot = settings.ServerRoot,
            State = NameOf(fleet.Phase),
            Generation = fleet.InForce?.Number ?? 0,
            Reloading = fleet.IsReloading,
            Waiting = fleet.Load?.Waiting ?? 0,
            OldestWaitSeconds = (fleet.Load?.OldestWaitMilliseconds ?? 0) / 1000.0,
            Running = fleet.Children.Sum(static child => child.Activity.Running),
            Capacity = ready * threads,
            Completed = (long)fleet.Completed,
            Refused = (long)(fleet.Load?.Refused ?? 0),
            TimedOut = (long)(fleet.Load?.TimedOut ?? 0),
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
        };

        IEnumerable<ProcessSnapshot> Of(ChildRole role) => fleet.Children
            .Where(child => child.Role == role)
            .Select(child => ProcessOf(child, threads, parts.Time));
    }

    private static ProcessSnapshot ProcessOf(Child child, int threads, TimeProvider time)
    {
        var state = child.State.ToString().ToLowerInvariant();
        return child.Seat is not { } seat
            ? Process("front end", child.ProcessId, state)
            : Process("worker", child.ProcessId, state) with
            {
                Number = child.Number,
                Generation = seat.Generation.Number,
                Threads = threads,
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
            Generation = template.Generation,
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

    private static ProcessSnapshot Process(string role, int id, string state) => new(
        role, id, state, Math.Round(ProcessAge.Of(id)?.TotalSeconds ?? 0, 2), ProcessUsage.Of(id)?.ResidentBytes);

    private static string NameOf(FleetPhase phase) => phase.ToString().ToLowerInvariant();
}
