using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>What helps while an application is written, and what it changes about the server.</summary>
internal static class DevelopmentResolver
{
    /// <summary>A report on a large application takes its time.</summary>
    private static readonly TimeSpan LongShutdown = TimeSpan.FromSeconds(60);

    internal static DevelopmentSettings Resolve(
        SettingValues values,
        IMachine machine,
        IReadOnlyList<HostedApplication> applications,
        string serverRoot,
        List<string> warnings)
    {
        var isDebugged = values.Get(DevelopmentDeclarations.Debugger);
        var settings = new DevelopmentSettings
        {
            Debugger = isDebugged,
            DebuggerAtStart = values.Get(DevelopmentDeclarations.DebuggerAtStart),
            CoverageDirectory = Directory(
                DevelopmentDeclarations.Coverage, DevelopmentDeclarations.CoverageDirectory, "htmlcov"),
            ProfilerDirectory = Directory(
                DevelopmentDeclarations.Profiler, DevelopmentDeclarations.ProfilerDirectory, "pstats"),
            RecorderDirectory = Directory(
                DevelopmentDeclarations.Recorder, DevelopmentDeclarations.RecorderDirectory, "archive"),
        };
        if (settings.DebuggerAtStart && !isDebugged)
        {
            values.Wrong(
                $"{Origin(DevelopmentDeclarations.DebuggerAtStart)} asks for a debugger that is off",
                $"add {DevelopmentDeclarations.Debugger.Option}");
        }

        settings = settings with { DebugMode = IsDebugMode(settings) };
        if (settings.DebugMode && applications.Count > 1)
        {
            values.Wrong(
                $"{DevelopmentDeclarations.DebugMode.Option}: there are {applications.Count} applications and one terminal",
                "start the one that is looked at by itself");
        }

        if (!applications[0].Application.NeedsWorkers && (settings.DebugMode || settings.RecorderDirectory is not null))
        {
            values.Wrong("there is no application to debug or record", $"leave {ApplicationDeclarations.Type.Option} static out");
        }

        return settings;

        string? Directory(Setting<bool> isOn, Setting<string> setting, string name)
        {
            var isNamed = values.TryGet(setting, out var written);
            if (values.Get(isOn))
            {
                return isNamed ? Paths.Absolute(machine, written) : Path.Combine(serverRoot, name);
            }

            if (isNamed)
            {
                warnings.Add($"{Origin(setting)} has no effect without {isOn.Option}");
            }

            return null;
        }

        // As in mod_wsgi-express, but said.
        bool IsDebugMode(DevelopmentSettings settings)
        {
            if (values.Get(DevelopmentDeclarations.DebugMode))
            {
                return true;
            }

            var reason = settings.Debugger ? DevelopmentDeclarations.Debugger
                : settings.CoverageDirectory is not null ? DevelopmentDeclarations.Coverage
                : settings.ProfilerDirectory is not null ? DevelopmentDeclarations.Profiler
                : null;
            if (reason is null)
            {
                return false;
            }

            warnings.Add(
                $"{Origin(reason)} turns {DevelopmentDeclarations.DebugMode.Option} on: one process with one thread serves");
            return true;
        }

        string Origin(Setting setting) => values.Written(setting)?.Origin ?? setting.Option;
    }

    /// <summary>The application in debug mode: one worker that nothing replaces or hurries.</summary>
    internal static HostedApplication Debugged(SettingValues values, HostedApplication application, List<string> warnings) =>
        application with
        {
            Workers = OneWorker(values, application.Workers, warnings),
            Timeouts = Patient(values, application.Timeouts),
        };

    private static WorkerSettings OneWorker(SettingValues values, WorkerSettings workers, List<string> warnings)
    {
        ReadOnlySpan<Setting> overruled =
        [
            WorkerDeclarations.Processes, WorkerDeclarations.MaximumProcesses, WorkerDeclarations.Threads,
            WorkerDeclarations.Preload, RecyclingDeclarations.MaximumRequests, RecyclingDeclarations.RestartInterval,
            RecyclingDeclarations.InactivityTimeout, RecyclingDeclarations.MemoryLimit, RecyclingDeclarations.CpuTimeLimit,
            RecyclingDeclarations.ReloadOnChanges, RecyclingDeclarations.ReloadOnScriptChange,
        ];
        foreach (var setting in overruled)
        {
            if (values.Written(setting) is { } written)
            {
                warnings.Add($"{written.Origin} has no effect with {DevelopmentDeclarations.DebugMode.Option}");
            }
        }

        return workers with
        {
            Processes = 1,
            MaximumProcesses = 1,
            Threads = 1,
            Preload = false,
            MaximumRequests = 0,
            MemoryLimit = 0,
            CpuTimeLimit = TimeSpan.Zero,
            ReloadOnChanges = false,
            ReloadOnScriptChange = false,
        };
    }

    /// <summary>The timers in debug mode: somebody may be thinking. Those that are written count.</summary>
    internal static TimeoutSettings Patient(SettingValues values, TimeoutSettings timeouts)
    {
        return timeouts with
        {
            Queue = OrElse(TimeoutDeclarations.Queue, timeouts.Queue, TimeSpan.Zero),
            Request = OrElse(TimeoutDeclarations.Request, timeouts.Request, TimeSpan.Zero),
            Deadlock = OrElse(TimeoutDeclarations.Deadlock, timeouts.Deadlock, TimeSpan.Zero),
            Startup = OrElse(TimeoutDeclarations.Startup, timeouts.Startup, TimeSpan.Zero),
            Shutdown = OrElse(TimeoutDeclarations.Shutdown, timeouts.Shutdown, LongShutdown),
            RestartInterval = TimeSpan.Zero,
            Inactivity = TimeSpan.Zero,
        };

        TimeSpan OrElse(Setting setting, TimeSpan written, TimeSpan other) =>
            values.Written(setting) is null ? other : written;
    }
}
