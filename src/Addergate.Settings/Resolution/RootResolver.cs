using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>The directory that an application's workers cannot leave.</summary>
internal static class RootResolver
{
    /// <summary>The application with it, where it is asked for; what does not go together with it is noted.</summary>
    internal static ApplicationSettings Resolve(
        SettingValues values, IMachine machine, ApplicationSettings application, WorkerSettings workers, IdentitySettings identity)
    {
        if (!values.TryGet(IdentityDeclarations.Root, out var text))
        {
            return application;
        }

        var origin = values.Written(IdentityDeclarations.Root)!.Origin;
        var root = Paths.Absolute(machine, text);
        if (root == "/" || machine.KindOf(root) != PathKind.Directory)
        {
            values.Wrong(root == "/"
                ? $"{origin}: / holds nobody back; name a directory below it"
                : $"{origin}: there is no directory {root}");
            return application;
        }

        CheckIdentity(values, machine, origin, identity);
        CheckOthers(values, origin, workers);
        application = application with { Root = root };
        if (application.NeedsWorkers)
        {
            CheckPlaces(values, origin, application);
        }

        return application;
    }

    /// <summary>Warns where a process outside is the same user as one inside: nothing but the directory keeps them apart.
    /// </summary>
    internal static void WarnOfCompany(
        IReadOnlyList<HostedApplication> applications, IReadOnlyList<ServiceSettings> services, List<string> warnings)
    {
        foreach (var held in applications.Where(static one => one.Application.Root is not null))
        {
            var user = held.Identity.UserId;
            var outside = applications
                .Where(other => other.Application is { Root: null, NeedsWorkers: true } && other.Identity.UserId == user)
                .Select(static other => $"the application {other.Name}")
                .Concat(services.Where(service => service.Identity.UserId == user)
                    .Select(static service => $"the service script {service.Name}"));
            foreach (var other in outside)
            {
                warnings.Add(
                    $"{other} runs outside of {held.Application.Root} as {held.Identity.UserName ?? $"{user}"}, the user of the "
                    + "workers inside, who can reach out through it; give it another user");
            }
        }
    }

    private static void CheckIdentity(SettingValues values, IMachine machine, string origin, IdentitySettings identity)
    {
        if (machine.EffectiveUserId != 0)
        {
            values.Wrong($"{origin}: only root can give the workers another root directory", "start the server as root");
        }
        else if (identity.UserId is null or 0)
        {
            values.Wrong(
                $"{origin}: the application would run as root, whom no directory holds",
                $"add {IdentityDeclarations.User.Option} with the user that it is to run as");
        }
    }

    private static void CheckOthers(SettingValues values, string origin, WorkerSettings workers)
    {
        if (workers.Preload && values.Written(WorkerDeclarations.Preload) is { } preload)
        {
            values.Wrong(
                $"{origin} and {preload.Origin} do not go together: the application would be loaded before the workers are inside",
                "leave one of them out");
        }

        if (workers.ReloadOnChanges && values.Written(RecyclingDeclarations.ReloadOnChanges) is { } reload)
        {
            values.Wrong(
                $"{origin} and {reload.Origin} do not go together: files have other names inside",
                $"leave one of them out; {RecyclingDeclarations.ReloadOnScriptChange.Option} works");
        }

        foreach (var setting in (ReadOnlySpan<Setting<bool>>)
            [DevelopmentDeclarations.Coverage, DevelopmentDeclarations.Profiler, DevelopmentDeclarations.Recorder])
        {
            if (values.TryGet(setting, out var isOn) && isOn)
            {
                values.Wrong(
                    $"{origin} and {values.Written(setting)!.Origin} do not go together: the reports are written outside",
                    "leave one of them out");
            }
        }

        if (values.Written(ScriptDeclarations.Handler) is { } handler)
        {
            values.Wrong(
                $"{origin} and {handler.Origin} do not go together: files have other names inside", "leave one of them out");
        }
    }

    private static void CheckPlaces(SettingValues values, string origin, ApplicationSettings application)
    {
        Require("the working directory", application.WorkingDirectory, $"; add {ApplicationDeclarations.WorkingDirectory.Option}");
        if (application.Type is ApplicationType.Script or ApplicationType.Paste)
        {
            Require("the application", application.Entry, "");
        }

        foreach (var directory in application.PythonPath)
        {
            Require(ApplicationDeclarations.PythonPath.Option, directory, "");
        }

        if (application.DispatchScript is { } dispatch)
        {
            Require(ScriptDeclarations.Dispatch.Option, dispatch, "");
        }

        void Require(string what, string path, string remedy)
        {
            if (!application.IsInside(path))
            {
                values.Wrong($"{origin}: {what}, {path}, is not in {application.Root}{remedy}");
            }
        }
    }
}
