using Addergate.Settings.Declarations;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Timers of requests and processes.</summary>
internal static class TimeoutResolver
{
    internal static TimeoutSettings Resolve(SettingValues values, List<string> warnings)
    {
        var graceful = values.Get(TimeoutDeclarations.Graceful);
        var timeouts = new TimeoutSettings
        {
            Queue = values.Get(TimeoutDeclarations.Queue),
            Request = values.Get(TimeoutDeclarations.Request),
            SlowRequest = values.Get(TimeoutDeclarations.SlowRequests),
            Interrupt = values.Get(TimeoutDeclarations.Interrupt),
            Deadlock = values.Get(TimeoutDeclarations.Deadlock),
            Startup = values.Get(TimeoutDeclarations.Startup),
            Inactivity = values.Get(RecyclingDeclarations.InactivityTimeout),
            RestartInterval = values.Get(RecyclingDeclarations.RestartInterval),
            Graceful = graceful,
            Eviction = OrElse(TimeoutDeclarations.Eviction, graceful),
            Shutdown = values.Get(TimeoutDeclarations.Shutdown),
            DrainDelay = values.Get(TimeoutDeclarations.DrainDelay),
        };
        if (timeouts.Request == TimeSpan.Zero && values.Written(TimeoutDeclarations.Interrupt) is { } idle)
        {
            warnings.Add($"{idle.Origin} has no effect without {TimeoutDeclarations.Request.Option}");
        }

        if (timeouts.Request > TimeSpan.Zero && timeouts.SlowRequest >= timeouts.Request)
        {
            warnings.Add(
                $"{values.Written(TimeoutDeclarations.SlowRequests)!.Origin} has no effect: a request is ended sooner, by "
                + TimeoutDeclarations.Request.Option);
        }

        return timeouts;

        TimeSpan OrElse(Setting<TimeSpan> setting, TimeSpan other) =>
            values.TryGet(setting, out var own) && own > TimeSpan.Zero ? own : other;
    }
}
