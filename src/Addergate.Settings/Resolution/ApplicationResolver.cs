using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>What is served, from ENTRY and the settings around it.</summary>
internal static class ApplicationResolver
{
    internal static ApplicationSettings Resolve(SettingValues values, IMachine machine, List<string> warnings)
    {
        var variables = Variables(values, machine, warnings);
        var mountPoint = MountPoint(values);
        var group = ProcessGroup(values);
        ApplicationType? asked = values.TryGet(ApplicationDeclarations.Type, out var type) ? type : null;
        var handlers = ScriptResolver.Handlers(values, machine, asked, warnings);
        var dispatchScript = ScriptResolver.Dispatch(values, machine);
        var environmentScript = ScriptResolver.Environment(values, machine, warnings);
        var mapsHead = values.Get(ApplicationDeclarations.MapHeadToGet);
        var (scriptUser, scriptGroup) = IdentityResolver.ScriptOwner(values, machine);
        var workingDirectory = Directory(values.Written(ApplicationDeclarations.WorkingDirectory))
            ?? machine.CurrentDirectory;
        var pythonPath = values.All(ApplicationDeclarations.PythonPath).Select(text => Directory(text)!).ToArray();
        var callable = Callable();
        if (!values.TryGet(ApplicationDeclarations.EntryPoint, out var text))
        {
            if (asked != ApplicationType.Static)
            {
                return Application(ApplicationType.Welcome, "", callable);
            }

            text = values.Written(StaticDeclarations.DocumentRoot)?.Text ?? ".";
        }
        else if (asked == ApplicationType.Static && values.Written(StaticDeclarations.DocumentRoot) is { } root)
        {
            values.Wrong(
                $"{values.Written(ApplicationDeclarations.EntryPoint)!.Origin} and {root.Origin} both name the directory of the files",
                "give one of them");
        }

        var named = values.Written(ApplicationDeclarations.EntryPoint);
        var directory = named?.Directory ?? machine.CurrentDirectory;
        if (values.All(ApplicationDeclarations.EntryPoint) is [{ Origin: SettingText.Entry } passedOver, ..]
            && passedOver.Text != named!.Text)
        {
            warnings.Add($"ENTRY \"{passedOver.Text}\" is not what is served: {named.Origin} \"{named.Text}\" goes before it");
        }

        var entry = new EntryReader(machine, directory, workingDirectory, pythonPath).Read(text, asked);
        if (entry.Mistake is { } mistake)
        {
            // ENTRY has no name that one could look for.
            var isUnnamed = named is null or { Origin: SettingText.Entry };
            values.Wrong(isUnnamed ? mistake.Message : $"{named!.Origin}: {mistake.Message}", mistake.Advice);
        }

        if (entry.Callable is { } inEntry
            && values.Written(ApplicationDeclarations.Callable) is { } other
            && other.Text != inEntry)
        {
            values.Wrong(
                $"{named?.Origin} names the callable {inEntry}, and {other.Origin} names {other.Text}", "give one of them");
        }

        return Application(entry.Type, entry.Entry, entry.Callable ?? callable);

        ApplicationSettings Application(ApplicationType type, string name, string callable) => new()
        {
            Type = type,
            Entry = name,
            Callable = callable,
            WorkingDirectory = workingDirectory,
            PythonPath = pythonPath,
            MountPoint = mountPoint,
            ProcessGroup = group,
            Variables = variables,
            Handlers = handlers,
            DispatchScript = dispatchScript,
            EnvironmentScript = environmentScript,
            MapHeadToGet = mapsHead,
            ScriptUser = scriptUser,
            ScriptGroup = scriptGroup,
        };

        string? Directory(SettingText? written)
        {
            if (written is null)
            {
                return null;
            }

            var path = Paths.Absolute(machine, written.Text);
            if (machine.KindOf(path) is var kind and not PathKind.Directory)
            {
                values.Wrong(kind == PathKind.Missing
                    ? $"{written.Origin}: there is no directory {path}"
                    : $"{written.Origin}: {path} is not a directory");
            }

            return path;
        }

        string Callable()
        {
            var name = values.Get(ApplicationDeclarations.Callable);
            if (!PythonNames.IsCallable(name))
            {
                values.Wrong(
                    $"{values.Written(ApplicationDeclarations.Callable)!.Origin}: \"{name}\" is not a Python name",
                    "write a name as in application, or a call without arguments as in create_app()");
            }

            return name;
        }
    }

    private static string? ProcessGroup(SettingValues values)
    {
        if (!values.TryGet(ApplicationDeclarations.ProcessGroup, out var name))
        {
            return null;
        }

        if (name.Any(char.IsControl))
        {
            // It is shown in logs and tables.
            values.Wrong(
                $"{values.Written(ApplicationDeclarations.ProcessGroup)!.Origin}: \"{name}\" has control characters in it",
                "write a name that fits on a line");
        }

        return name;
    }

    private static string MountPoint(SettingValues values)
    {
        var path = values.Get(ApplicationDeclarations.MountPoint);
        if (!path.StartsWith('/') || path.Contains("//", StringComparison.Ordinal)
            || path.AsSpan().IndexOfAny("?#%") >= 0 || path.Split('/').Any(static part => part is "." or ".."))
        {
            values.Wrong(
                $"{values.Written(ApplicationDeclarations.MountPoint)!.Origin}: \"{path}\" is no path of a URL",
                "write it as in /blog, decoded and without a query");
        }

        return path.TrimEnd('/');
    }

    /// <summary>What is set by name goes before what is passed on.</summary>
    private static Dictionary<string, string> Variables(SettingValues values, IMachine machine, List<string> warnings)
    {
        var variables = new Dictionary<string, string>();
        foreach (var (name, written) in values.Each(ApplicationDeclarations.PassedVariables))
        {
            if (machine.Variables.TryGetValue(name, out var value))
            {
                variables[name] = value;
            }
            else
            {
                warnings.Add($"{written.Origin}: there is no environment variable {name} to pass on");
            }
        }

        foreach (var (pair, written) in values.Each(ApplicationDeclarations.Variables))
        {
            variables[pair.Name] = pair.Text;
            if (IsOfRequest(pair.Name))
            {
                warnings.Add($"{written.Origin} {pair.Name} has no effect: the request says what it is");
            }
        }

        return variables;
    }

    private static bool IsOfRequest(string name) => name.StartsWith("wsgi.", StringComparison.Ordinal)
        || name is "REQUEST_METHOD" or "SCRIPT_NAME" or "PATH_INFO" or "QUERY_STRING" or "REQUEST_URI" or "RAW_URI"
            or "SERVER_PROTOCOL" or "SERVER_NAME" or "SERVER_PORT" or "REMOTE_ADDR" or "HTTP_HOST";
}
