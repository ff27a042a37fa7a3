using Addergate.Posix.Files;

namespace Addergate.Cli.Configuration;

/// <summary>Whether others can write what root is going to do.</summary>
internal static class ConfigurationTrust
{
    private const uint GroupWrite = 0b010_000;
    private const uint OthersWrite = 0b010;

    /// <summary>Null for all but root, and when nobody else can change the file.</summary>
    internal static string? FindConcern(string file, uint user)
    {
        if (user != 0 || Ownership.Get(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file) is not { } stat)
        {
            return null;
        }

        var others = stat.User != 0 ? $"user {stat.User}"
            : (stat.Mode & OthersWrite) != 0 ? "everybody"
            : (stat.Mode & GroupWrite) != 0 && stat.Group != 0 ? $"group {stat.Group}"
            : null;
        return others is null
            ? null
            : $"{file} can be changed by {others}, and says what root does here: chown root {file}; chmod go-w {file}";
    }
}
