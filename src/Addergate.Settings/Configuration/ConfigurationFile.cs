namespace Addergate.Settings.Configuration;

/// <summary>A configuration file that was found and read, and not yet understood.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Name">As people know it, for mistakes: as they wrote it, or without its directory when that is the current one.
/// </param>
/// <param name="Format">Told from its name.</param>
/// <param name="Content">All of it.</param>
public sealed record ConfigurationFile(string Path, string Name, ConfigurationFormat Format, byte[] Content)
{
    /// <summary>What relative paths in it are relative to.</summary>
    public string Directory => System.IO.Path.GetDirectoryName(Path) ?? "/";

    /// <summary>Names a place in it: <c>addergate.toml:3</c>, or only the file where the line is not known.</summary>
    internal string At(int line) => line > 0 ? string.Create(null, $"{Name}:{line}") : Name;

    /// <summary>False only when its bytes cannot have a setting of that name in them, written in whichever way.</summary>
    internal bool MayName(string setting)
    {
        var content = Content.AsSpan();
        return System.Text.Encoding.ASCII.GetBytes(setting) is var name
            && (content.IndexOf(name) >= 0 || content.IndexOf("\\u"u8) >= 0 || content.IndexOf("\\U"u8) >= 0);
    }
}
