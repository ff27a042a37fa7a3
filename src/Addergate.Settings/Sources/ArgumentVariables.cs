using System.Text.RegularExpressions;

namespace Addergate.Settings.Sources;

/// <summary>
/// Puts the values of environment variables in the place of <c>$NAME</c> and <c>${NAME}</c> in arguments, as
/// mod_wsgi-express does: where no shell has done it, as in the <c>CMD</c> of a container. What names no variable stays, and
/// <c>$$NAME</c>, which mod_wsgi-express does not know, is a <c>$NAME</c> that stays.
/// </summary>
public static partial class ArgumentVariables
{
    public static string[] Expand(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables) =>
        [.. arguments.Select(argument => argument.Contains('$')
            ? References().Replace(argument, match => match.Groups["name"] is { Success: true, Value: var name }
                ? variables.GetValueOrDefault(name, match.Value)
                : "$")
            : argument)];

    /// <summary>What <see cref="Expand"/> makes the argument of.</summary>
    public static string Escape(string argument) => Beginnings().Replace(argument, "$$$$");

    [GeneratedRegex(
        @"\$\$(?=[A-Za-z_{])|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}|\$(?<name>[A-Za-z_][A-Za-z0-9_]*)",
        RegexOptions.CultureInvariant)]
    private static partial Regex References();

    [GeneratedRegex(@"\$(?=[A-Za-z_{])", RegexOptions.CultureInvariant)]
    private static partial Regex Beginnings();
}
