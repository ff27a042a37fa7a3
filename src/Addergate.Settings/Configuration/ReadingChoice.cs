using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
using Addergate.Settings.Resolution;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Configuration;

/// <summary>
/// Who may read a TOML file, before it is known what is in it: the application's own interpreter as far as it is named
/// elsewhere, since that has to be asked what it is anyway; then those on <c>PATH</c>.
/// </summary>
/// <param name="Interpreters">Absolute paths, the first to be asked first.</param>
/// <param name="Identity">Who to run them as.</param>
public sealed record ReadingChoice(IReadOnlyList<string> Interpreters, IdentitySettings Identity)
{
    /// <summary>Each takes a moment, and one that can read is mostly among the first.</summary>
    private const int Most = 8;

    private const uint Nobody = 65534;

    private static readonly string[] Names =
        ["python3", "python3.14", "python3.13", "python3.12", "python3.11"];

    public static ReadingChoice For(ConfigurationFile file, IReadOnlyList<SettingText> commandLine, IMachine machine)
    {
        var mistakes = new List<Mistake>();
        var values = new SettingValues([commandLine, EnvironmentSource.Read(machine.Variables)], mistakes);
        var own = PythonResolver.Resolve(values, machine).Executable;
        IEnumerable<string> found = mistakes.Count == 0 ? [own] : [];
        found = found.Concat(Names.SelectMany(name => PythonResolver.SearchAll(machine, name)));
        return new ReadingChoice([.. found.Distinct().Take(Most)], ReaderIdentity(file, values, machine, mistakes));
    }

    /// <summary>When the file may say who the application runs as, that is not known yet, and root must not run what may be that
    /// user's: then nobody does.</summary>
    private static IdentitySettings ReaderIdentity(
        ConfigurationFile file, SettingValues values, IMachine machine, List<Mistake> mistakes)
    {
        mistakes.Clear();
        var known = IdentityResolver.Resolve(values, machine, []);
        if (machine.EffectiveUserId != 0
            || (mistakes.Count == 0 && (known.UserId is not null || !file.MayName(IdentityDeclarations.User.Name))))
        {
            return known;
        }

        var nobody = machine.FindUser("nobody") ?? new UserEntry(Nobody, Nobody, "nobody");
        return IdentityResolver.Of(machine, nobody, null);
    }
}
