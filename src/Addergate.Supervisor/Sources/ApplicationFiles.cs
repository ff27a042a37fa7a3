using System.Text.RegularExpressions;
using Addergate.Settings.Model;

namespace Addergate.Supervisor.Sources;

/// <summary>The files that make up an application, as far as they can be told without Python.</summary>
internal static partial class ApplicationFiles
{
    /// <summary>The entry script, or where the entry module may be; and the scripts beside it.</summary>
    public static IEnumerable<string> Entry(ApplicationSettings application)
    {
        var scripts = application.Handlers.Select(static handler => handler.Script).Distinct();
        return Application(application).Concat(
            application.DispatchScript is { } dispatch ? scripts.Prepend(dispatch) : scripts);
    }

    private static IEnumerable<string> Application(ApplicationSettings application)
    {
        switch (application.Type)
        {
            case ApplicationType.Script:
                return [application.Entry];
            case ApplicationType.Paste:
                return [application.Entry[..application.Entry.LastIndexOf('#')]];
            case ApplicationType.Module:
                var module = application.Entry.Replace('.', '/');
                return application.PythonPath.Prepend(application.WorkingDirectory).SelectMany(
                    directory => (string[])[$"{directory}/{module}.py", $"{directory}/{module}/__init__.py"]);
            default:
                return [];
        }
    }

    /// <summary>The files that a traceback leads through.</summary>
    public static IEnumerable<string> InTraceback(string text) =>
        TracebackLine().Matches(text).Select(static match => match.Groups[1].Value);

    [GeneratedRegex("""^\s*File "(/[^"\n]+)", line \d+""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TracebackLine();
}
