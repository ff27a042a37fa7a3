using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Resolution;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Configuration;

/// <summary>
/// Finds the configuration file: the one that the command line or the environment names, otherwise the one in the current
/// directory. A start without any costs three questions to the file system.
/// </summary>
public static class ConfigurationFinder
{
    public const string TomlName = "addergate.toml";
    public const string PyProjectName = "pyproject.toml";
    public const string JsonName = "addergate.json";

    private const int MostBytes = 1024 * 1024;

    /// <summary>Null when there is none, or when one is named that cannot be read, which is noted as a mistake.</summary>
    public static ConfigurationFile? Find(IReadOnlyList<SettingText> commandLine, IMachine machine, List<Mistake> mistakes)
    {
        var values = new SettingValues([commandLine, EnvironmentSource.Read(machine.Variables)], []);
        return values.TryGet(FileDeclarations.Configuration, out var named)
            ? Named(machine, named, values.Written(FileDeclarations.Configuration)!.Origin, mistakes)
            : InCurrentDirectory(machine, mistakes);
    }

    private static ConfigurationFile? Named(IMachine machine, string name, string origin, List<Mistake> mistakes)
    {
        var path = Paths.Absolute(machine, name);
        var problem = machine.KindOf(path) switch
        {
            PathKind.Missing => $"there is no file {path}",
            PathKind.Directory => $"{path} is a directory, not a configuration file",
            _ => null,
        };
        if (problem is not null)
        {
            mistakes.Add(new Mistake($"{origin}: {problem}"));
            return null;
        }

        var format = Path.GetFileName(path) == PyProjectName
            ? ConfigurationFormat.PyProject
            : path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? ConfigurationFormat.Json : ConfigurationFormat.Toml;
        return Read(machine, path, name, format, mistakes);
    }

    private static ConfigurationFile? InCurrentDirectory(IMachine machine, List<Mistake> mistakes)
    {
        var found = new List<ConfigurationFile>();
        Look(TomlName, ConfigurationFormat.Toml);
        Look(PyProjectName, ConfigurationFormat.PyProject);
        Look(JsonName, ConfigurationFormat.Json);

        if (found.Count > 1)
        {
            var names = string.Join(" and ", found.Select(static file =>
                file.Format == ConfigurationFormat.PyProject ? $"[tool.addergate] in {file.Name}" : file.Name));
            mistakes.Add(new Mistake(
                $"there are two configurations here: {names}",
                $"keep one, or name one with {FileDeclarations.Configuration.Option}"));
        }

        return found.FirstOrDefault();

        void Look(string name, ConfigurationFormat format)
        {
            var path = Path.Combine(machine.CurrentDirectory, name);
            if (machine.KindOf(path) == PathKind.File
                && Read(machine, path, name, format, mistakes) is { } file
                && (format != ConfigurationFormat.PyProject || HasOwnTable(file.Content)))
            {
                found.Add(file);
            }
        }
    }

    private static ConfigurationFile? Read(
        IMachine machine, string path, string name, ConfigurationFormat format, List<Mistake> mistakes)
    {
        if (machine.ProblemReading(path) is { } why)
        {
            mistakes.Add(new Mistake($"{name} cannot be read: {why}"));
            return null;
        }

        var content = machine.ReadBeginning(path, MostBytes + 1);
        if (content.Length > MostBytes)
        {
            mistakes.Add(new Mistake($"{name} is larger than 1 MiB", "a configuration file has a few lines"));
            return null;
        }

        return new ConfigurationFile(path, name, format, content);
    }

    /// <summary>Whether a line begins as one that writes settings does. Most projects have a pyproject.toml without any, and
    /// are not to need a Python that can read it; some only depend on a package of that name.</summary>
    private static bool HasOwnTable(byte[] content)
    {
        if (content.AsSpan().IndexOf("addergate"u8) < 0)
        {
            return false;
        }

        foreach (var line in System.Text.Encoding.Latin1.GetString(content).Split('\n'))
        {
            var plain = string.Concat(line.Where(static letter => letter is not (' ' or '\t' or '"' or '\'')));
            if (plain.StartsWith("[tool.addergate", StringComparison.Ordinal)
                || plain.StartsWith("[[tool.addergate", StringComparison.Ordinal)
                || plain.StartsWith("tool.addergate", StringComparison.Ordinal)
                || plain.StartsWith("addergate.", StringComparison.Ordinal)
                || plain.StartsWith("addergate={", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
