using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Scripts that answer beside the application, or choose it.</summary>
internal static class ScriptResolver
{
    internal static IReadOnlyList<FileHandler> Handlers(
        SettingValues values, IMachine machine, ApplicationType? asked, List<string> warnings)
    {
        var handlers = new List<FileHandler>();
        foreach (var (pair, written) in values.Each(ScriptDeclarations.Handler))
        {
            var script = Paths.Absolute(machine, pair.Text);
            if (handlers.Exists(other => other.Extension.Equals(pair.Name, StringComparison.OrdinalIgnoreCase)))
            {
                values.Wrong($"{written.Origin} names {pair.Name} twice", "give each extension once");
            }
            else if (NamedFile.Problem(machine, script, "script") is { } problem)
            {
                values.Wrong($"{written.Origin} {pair.Name}: {problem}");
            }

            handlers.Add(new FileHandler(pair.Name, script));
        }

        if (handlers.Count > 0 && asked != ApplicationType.Static
            && values.Written(StaticDeclarations.DocumentRoot) is null)
        {
            warnings.Add(
                $"{values.Written(ScriptDeclarations.Handler)!.Origin} has no effect without "
                + StaticDeclarations.DocumentRoot.Option);
        }

        return handlers;
    }

    internal static string? Dispatch(SettingValues values, IMachine machine) =>
        NamedFile.Resolve(values, machine, ScriptDeclarations.Dispatch, "script");

    internal static EnvironmentScript? Environment(SettingValues values, IMachine machine, List<string> warnings)
    {
        var hasShell = values.TryGet(ScriptDeclarations.Shell, out var shell);
        if (hasShell && !shell.Contains('/'))
        {
            shell = PythonResolver.Search(machine, shell) ?? Paths.Absolute(machine, shell);
        }
        else
        {
            shell = hasShell ? Paths.Absolute(machine, shell) : ScriptDeclarations.Shell.Default!;
        }

        if (hasShell && (machine.KindOf(shell) != PathKind.File || !machine.IsExecutable(shell)))
        {
            values.Wrong($"{values.Written(ScriptDeclarations.Shell)!.Origin}: {shell} cannot be run", "name a shell, as in /bin/sh");
        }

        if (NamedFile.Resolve(values, machine, ScriptDeclarations.Environment, "script") is { } script)
        {
            return new EnvironmentScript(script, shell);
        }

        if (hasShell)
        {
            warnings.Add(
                $"{values.Written(ScriptDeclarations.Shell)!.Origin} has no effect without "
                + ScriptDeclarations.Environment.Option);
        }

        return null;
    }
}
