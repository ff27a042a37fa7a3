using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Finds the interpreter's file. That it is one, and which, is asked of itself later.</summary>
internal static class PythonResolver
{
    internal static PythonSettings Resolve(SettingValues values, IMachine machine) => Find(values, machine) with
    {
        Warnings = [.. values.Each(PythonDeclarations.Warnings).Select(static filter => filter.Value)],
        EggCache = values.TryGet(PythonDeclarations.EggCache, out var cache) ? Paths.Absolute(machine, cache) : null,
        SwitchInterval = values.Get(PythonDeclarations.SwitchInterval),
        FreeThreading = values.Get(PythonDeclarations.FreeThreading),
        Locale = values.TryGet(PythonDeclarations.Locale, out var locale) ? locale : null,
        Language = values.TryGet(PythonDeclarations.Language, out var language) ? language : null,
        OrphanInterpreter = values.Get(PythonDeclarations.OrphanInterpreter),
    };

    private static PythonSettings Find(SettingValues values, IMachine machine)
    {
        var executable = values.Written(PythonDeclarations.Executable);
        var home = values.Written(PythonDeclarations.Home);
        if (executable is not null && home is not null)
        {
            var first = values.Precedence(PythonDeclarations.Executable);
            var second = values.Precedence(PythonDeclarations.Home);
            if (first == second)
            {
                values.Wrong($"{executable.Origin} and {home.Origin} both name an interpreter", "give one of them");
            }

            if (first <= second)
            {
                home = null;
            }
            else
            {
                executable = null;
            }
        }

        if (executable is not null)
        {
            return Named(values, machine, executable);
        }

        if (home is not null)
        {
            return InPrefix(values, machine, home.Text, home.Origin);
        }

        return machine.Variables.TryGetValue("VIRTUAL_ENV", out var environment) && environment.Length > 0
            ? InPrefix(values, machine, environment, "VIRTUAL_ENV")
            : OnPath(values, machine);
    }

    private static PythonSettings Named(SettingValues values, IMachine machine, SettingText written)
    {
        if (written.Text.Contains('/'))
        {
            var path = Paths.Absolute(machine, written.Text);
            var problem = machine.KindOf(path) switch
            {
                PathKind.Missing => $"there is no file {path}",
                PathKind.Directory => $"{path} is a directory",
                _ => machine.IsExecutable(path) ? null : $"{path} is not executable",
            };
            if (problem is not null)
            {
                values.Wrong(
                    $"{written.Origin}: {problem}",
                    machine.KindOf(path) == PathKind.Directory
                        ? $"name the interpreter itself, or give the directory as {PythonDeclarations.Home.Option}"
                        : null);
            }

            return Found(path, written.Origin);
        }

        if (Search(machine, written.Text) is { } found)
        {
            return Found(found, written.Origin);
        }

        values.Wrong($"{written.Origin}: there is no command \"{written.Text}\" on PATH", "give the path of a Python");
        return Found(written.Text, written.Origin);
    }

    private static PythonSettings InPrefix(SettingValues values, IMachine machine, string prefix, string origin)
    {
        var directory = Paths.Absolute(machine, prefix);
        foreach (var name in (ReadOnlySpan<string>)["python", "python3"])
        {
            var path = Path.Combine(directory, "bin", name);
            if (machine.KindOf(path) == PathKind.File && machine.IsExecutable(path))
            {
                return Found(path, origin);
            }
        }

        values.Wrong(
            $"{origin}: {directory} has no bin/python",
            origin == "VIRTUAL_ENV"
                ? $"activate an environment that exists, or give {PythonDeclarations.Executable.Option}"
                : "name a virtual environment or a prefix, the directory above bin");
        return Found(directory, origin);
    }

    private static PythonSettings OnPath(SettingValues values, IMachine machine)
    {
        if (Search(machine, "python3") is { } found)
        {
            return Found(found, "python3 on PATH");
        }

        values.Wrong(
            "no Python was found: there is no python3 on PATH",
            $"install Python 3.9 or later, or name one with {PythonDeclarations.Executable.Option}");
        return Found("python3", "PATH");
    }

    private static PythonSettings Found(string path, string source) => new() { Executable = path, Source = source };

    /// <summary>A command on <c>PATH</c>, absolute, or null.</summary>
    internal static string? Search(IMachine machine, string name) => SearchAll(machine, name).FirstOrDefault();

    /// <summary>All commands of that name on <c>PATH</c>, the one that a shell would run first.</summary>
    internal static IEnumerable<string> SearchAll(IMachine machine, string name)
    {
        var path = machine.Variables.GetValueOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        foreach (var directory in path.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var candidate = Path.Combine(Paths.Absolute(machine, directory), name);
            if (machine.KindOf(candidate) == PathKind.File && machine.IsExecutable(candidate))
            {
                yield return candidate;
            }
        }
    }
}
