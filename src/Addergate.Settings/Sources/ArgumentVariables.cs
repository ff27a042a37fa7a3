using System.Text.RegularExpressions;

namespace Addergate.Settings.Sources;

/// <summary>
/// Puts the values of environment variables in the place of <c>$NAME</c> and <c>${NAME}</c> in arguments, as
/// mod_wsgi-express does: where no shell has done it, as in the <c>CMD</c> of a container. What names no variable stays.
/// </summary>
public static partial class ArgumentVariables
{
    public static string[] Expand(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables) =>
        [.. arguments.Select(argument => argument.Contains('$')
            ? Names().Replace(argument, match => variables.GetValueOrDefault(match.Groups["name"].Value, match.Value))
            : argument)];

    [GeneratedRegex(@"\$(?:\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}|(?<name>[A-Za-z_][A-Za-z0-9_]*))", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
