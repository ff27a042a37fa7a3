using System.Globalization;
using Addergate.Settings.Declarations;
using Addergate.Settings.Model;
using Addergate.Settings.Resolution;

namespace Addergate.Settings.Writing;

/// <summary>
/// What has to be written down so that a later start means the same, from whichever directory and shell: every setting that
/// is not at its default, and those whose default depends on who starts the server and where.
/// </summary>
public static class SettingsToWrite
{
    private const string Found = "found at the set-up";

    /// <summary>Those of a server with one application.</summary>
    /// <param name="settings">What was resolved.</param>
    /// <param name="inForce">Where it was written.</param>
    /// <param name="python">The interpreter, absolute: another user's <c>PATH</c> may find another one.
    /// Null where there is none.</param>
    /// <returns>In the order of help.</returns>
    public static IReadOnlyList<WrittenSetting> From(
        ServerSettings settings, IEnumerable<SettingInForce> inForce, string? python)
    {
        var written = Written(inForce);
        PutApplication(written, settings.Main.Application, python);
        PutListening(written, settings.Listen);
        return InOrder(written.Values);
    }

    /// <summary>What is beside the tables of a server with several applications.</summary>
    public static IReadOnlyList<WrittenSetting> ForServer(ServerSettings settings, IEnumerable<SettingInForce> inForce)
    {
        var written = Written(inForce);
        PutListening(written, settings.Listen);
        return InOrder(written.Values);
    }

    /// <summary>The table of one of several applications.</summary>
    /// <param name="application">What was resolved.</param>
    /// <param name="inForce">What its table says.</param>
    /// <param name="python">Its interpreter, absolute.</param>
    public static IReadOnlyList<WrittenSetting> ForApplication(
        ApplicationSettings application, IEnumerable<SettingInForce> inForce, string? python)
    {
        var written = Written(inForce);
        PutApplication(written, application, python);
        return InOrder(written.Values);
    }

    private static Dictionary<Setting, WrittenSetting> Written(IEnumerable<SettingInForce> inForce) => inForce
        .Where(static setting => !setting.IsDefault && setting.Setting.Notice is null)
        .Where(static setting => setting.Setting != FileDeclarations.Configuration
            && setting.Setting != FileDeclarations.SetupOnly)
        .ToDictionary(static setting => setting.Setting, static setting => new WrittenSetting(
            setting.Setting, setting.Portable, string.Join(", ", setting.Origins.Distinct()), setting.IsInFile));

    private static void PutApplication(
        Dictionary<Setting, WrittenSetting> written, ApplicationSettings application, string? python)
    {
        if (application.Type != ApplicationType.Welcome)
        {
            Put(
                written,
                ApplicationDeclarations.EntryPoint,
                application.Entry,
                application.Type == ApplicationType.Static ? StaticDeclarations.DocumentRoot : null);
            Put(written, ApplicationDeclarations.Type, NameOf(application.Type), ApplicationDeclarations.EntryPoint);
            if (application.Type is ApplicationType.Script or ApplicationType.Module)
            {
                Put(written, ApplicationDeclarations.Callable, application.Callable, ApplicationDeclarations.EntryPoint);
            }
            else if (application.Type == ApplicationType.Static)
            {
                // ENTRY names it.
                written.Remove(StaticDeclarations.DocumentRoot);
            }
        }

        Put(written, ApplicationDeclarations.WorkingDirectory, application.WorkingDirectory);
        if (python is not null)
        {
            Put(written, PythonDeclarations.Executable, python, PythonDeclarations.Home);
        }

        written.Remove(PythonDeclarations.Home);
    }

    private static void PutListening(Dictionary<Setting, WrittenSetting> written, ListenSettings listen)
    {
        Put(written, ListenDeclarations.Host, listen.Host);
        Put(written, ListenDeclarations.Port, listen.Port.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What is not written by itself may have come from another setting.</summary>
    private static void Put(
        Dictionary<Setting, WrittenSetting> written, Setting setting, string text, Setting? from = null)
    {
        var before = written.GetValueOrDefault(setting) ?? (from is null ? null : written.GetValueOrDefault(from));
        written[setting] = new WrittenSetting(setting, [text], before?.Origin ?? Found, before?.IsInFile ?? false);
    }

    /// <summary>The same with other values for some.</summary>
    /// <param name="settings">What there is.</param>
    /// <param name="others">They go before what there is.</param>
    public static IReadOnlyList<WrittenSetting> With(
        this IReadOnlyList<WrittenSetting> settings, params IReadOnlyList<WrittenSetting> others) =>
        InOrder(others.Concat(settings.Where(setting => !others.Any(other => other.Setting == setting.Setting))));

    private static string NameOf(ApplicationType type) => type switch
    {
        ApplicationType.Script => "script",
        ApplicationType.Module => "module",
        ApplicationType.Paste => "paste",
        ApplicationType.Static => "static",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static WrittenSetting[] InOrder(IEnumerable<WrittenSetting> settings)
    {
        var found = settings.ToDictionary(static setting => setting.Setting);
        return [.. AllSettings.List.Where(found.ContainsKey).Select(setting => found[setting])];
    }
}
