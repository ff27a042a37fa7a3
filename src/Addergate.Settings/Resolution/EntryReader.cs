using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;

namespace Addergate.Settings.Resolution;

/// <summary>
/// Tells what ENTRY is. In this order:
/// <list type="number">
/// <item>a file that exists is a script, whatever it is called; looked for in the current directory as the shell
/// completes it (or where the configuration file lies), then in the working directory;</item>
/// <item>with a slash, or ending in <c>.py</c>, it is a script that is missing;</item>
/// <item>a dotted name is a module, except that <c>NAME.wsgi</c> is a missing script unless a package or module
/// <c>NAME</c> lies where Python would look first (Django's <c>mysite.wsgi</c>);</item>
/// <item>all else is a mistake.</item>
/// </list>
/// After the last colon a callable may follow.
/// </summary>
/// <param name="machine">The machine.</param>
/// <param name="directory">Of the configuration file that wrote it, or the current one.</param>
/// <param name="workingDirectory">Of the workers.</param>
/// <param name="pythonPath">Further directories with modules.</param>
internal sealed class EntryReader(
    IMachine machine, string directory, string workingDirectory, IReadOnlyList<string> pythonPath)
{
    internal EntryForm Read(string text, ApplicationType? asked)
    {
        if (asked == ApplicationType.Paste)
        {
            return Paste(text);
        }

        if (asked == ApplicationType.Static)
        {
            return Static(text);
        }

        if (asked != ApplicationType.Module && FindFile(text) is { } whole)
        {
            return asked is null && text.EndsWith(".ini", StringComparison.Ordinal)
                ? Wrong(
                    $"{whole} is a configuration of PasteDeploy by its name, and would be read as Python",
                    $"add {ApplicationDeclarations.Type.Option} paste, or script if it is Python")
                : new EntryForm(ApplicationType.Script, whole, null);
        }

        var (name, callable) = Split(text);
        if (callable is not null && !PythonNames.IsCallable(callable))
        {
            return Wrong(
                $"\"{callable}\" in \"{text}\" is not a Python name",
                "write MODULE:NAME, or MODULE:NAME() for a factory without arguments");
        }

        if (asked == ApplicationType.Module)
        {
            return Module(name, callable);
        }

        if (callable is not null && FindFile(name) is { } file)
        {
            return new EntryForm(ApplicationType.Script, file, callable);
        }

        var isModule = asked is null && callable is not null
            ? PythonNames.IsDotted(name) && !name.EndsWith(".py", StringComparison.Ordinal)
            : asked is null && LooksLikeModule(name);
        return isModule ? Module(name, callable) : MissingScript(name);
    }

    /// <summary>A file, and after # the application in it.</summary>
    private EntryForm Paste(string text)
    {
        var hash = text.IndexOf('#');
        var name = hash < 0 ? text : text[..hash];
        return FindFile(name) is { } file
            ? new EntryForm(ApplicationType.Paste, file + (hash < 0 ? "#main" : text[hash..]), null)
            : Wrong($"there is no file {Paths.Absolute(directory, name)}", "name a configuration of PasteDeploy, as in production.ini");
    }

    private EntryForm Static(string text)
    {
        var path = Paths.Absolute(directory, text);
        return machine.KindOf(path) switch
        {
            PathKind.Directory => new EntryForm(ApplicationType.Static, path, null),
            PathKind.File => Wrong($"{path} is not a directory", "name the directory that it is in"),
            _ => Wrong($"there is no directory {path}", null),
        };
    }

    private static (string Name, string? Callable) Split(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }

    private string? FindFile(string text)
    {
        foreach (var place in (ReadOnlySpan<string>)[directory, workingDirectory])
        {
            var path = Paths.Absolute(place, text);
            if (machine.KindOf(path) == PathKind.File)
            {
                return path;
            }
        }

        return null;
    }

    private bool LooksLikeModule(string name) =>
        PythonNames.IsDotted(name)
        && !name.EndsWith(".py", StringComparison.Ordinal)
        && (!name.EndsWith(".wsgi", StringComparison.Ordinal) || IsImportable(name[..name.IndexOf('.')]))
        && (machine.KindOf(Paths.Absolute(directory, name)) != PathKind.Directory || IsImportable(name));

    /// <summary>Whether a package or module of that name lies in the working directory or on the given Python path.
    /// </summary>
    private bool IsImportable(string name)
    {
        foreach (var place in pythonPath.Prepend(workingDirectory))
        {
            var path = Path.Combine(place, name);
            if (machine.KindOf(path + ".py") == PathKind.File
                || (machine.KindOf(path) == PathKind.Directory
                    && machine.NamesIn(path).Any(file => file.EndsWith(".py", StringComparison.Ordinal))))
            {
                return true;
            }
        }

        return false;
    }

    private static EntryForm Module(string name, string? callable) =>
        PythonNames.IsDotted(name)
            ? new EntryForm(ApplicationType.Module, name, callable)
            : Wrong($"\"{name}\" is not a module name", "write dotted names as in mysite.wsgi");

    private EntryForm MissingScript(string name)
    {
        var path = Paths.Absolute(directory, name);
        if (machine.KindOf(path) == PathKind.Directory)
        {
            return Wrong($"{path} is a directory, not a WSGI script", NameScriptIn(path));
        }

        var parent = Path.GetDirectoryName(path) ?? "/";
        if (machine.KindOf(parent) != PathKind.Directory)
        {
            return Wrong($"there is no script {path}: {parent} is not a directory", null);
        }

        // What cannot be decoded comes as this character, and no file is found by it.
        var advice = name.Contains('\uFFFD') ? "names of files have to be UTF-8: give it another one"
            : NearestName.Find(Path.GetFileName(path), machine.NamesIn(parent)) is { } nearest
            ? $"did you mean {nearest}?"
            : PythonNames.IsDotted(name) && !name.EndsWith(".py", StringComparison.Ordinal)
                ? $"if it is an installed module, add {ApplicationDeclarations.Type.Option} module"
                : "name a file, a module as in mysite.wsgi, or module:callable";
        return Wrong($"there is no script {path}", advice);
    }

    private string NameScriptIn(string place)
    {
        var script = machine.NamesIn(place).Order(StringComparer.Ordinal).FirstOrDefault(name =>
            name is "wsgi.py" or "app.py" or "app.wsgi" or "application.py"
            || name.EndsWith(".wsgi", StringComparison.Ordinal));
        return script is null ? "name a file in it" : $"name a file in it: {Path.Combine(place, script)}";
    }

    private static EntryForm Wrong(string message, string? advice) =>
        new(ApplicationType.Script, "", null, new Mistake(message, advice));
}
