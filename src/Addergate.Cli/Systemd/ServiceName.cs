namespace Addergate.Cli.Systemd;

/// <summary>Names of services.</summary>
internal static class ServiceName
{
    private const int Longest = 64;

    private static readonly string[] PackagePlaces = ["/usr/lib/systemd/system", "/lib/systemd/system"];

    /// <summary>Without a dot or a colon, so that it is told from a module or a script.</summary>
    internal static bool IsName(string word) =>
        word.Length is > 0 and <= Longest
        && char.IsAsciiLetterOrDigit(word[0])
        && word.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    /// <summary>Where none is given: that of the directory with the project, as far as it can be one.</summary>
    internal static string From(string directory)
    {
        var name = new string([.. Path.GetFileName(directory)
            .Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-')]);
        name = name.Trim('-', '_');
        return IsName(name) ? name : "addergate";
    }

    /// <summary>The unit of that name which a package has installed, or null: ours would stand in for it.</summary>
    internal static string? OfPackage(string name) =>
        PackagePlaces.Select(place => $"{place}/{name}.service").FirstOrDefault(File.Exists);
}
