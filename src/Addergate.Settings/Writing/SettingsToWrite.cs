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

    /// <param name="settings">What was resolved.</param>
    /// <param name="inForce">Where it was written.</param>
    /// <param name="python">The interpreter, absolute: another user's <c>PATH</c> may find another one.
    /// Null where there is none.</param>
    /// <returns>In the order of help.</returns>
    public static IReadOnlyList<WrittenSetting> From(
        ServerSettings settings, IEnumerable<SettingInForce> inForce, string? python)
    {
        var written = inForce
            .Where(static setting => !setting.IsDefault && setting.Setting.Notice is null)
            .Where(static setting => setting.Setting != FileDeclarations.Configuration
                && setting.Setting != FileDeclarations.SetupOnly)
            .ToDictionary(static setting => setting.Setting, static setting => new WrittenSetting(
                setting.Setting, setting.Portable, string.Join(", ", setting.Origins.Distinct()), setting.IsInFile));
        var application = settings.Application;
        if (application.Type != ApplicationType.Welcome)
        {
            Put(ApplicationDeclarations.EntryPoint, application.Entry);
            Put(ApplicationDeclarations.Type, NameOf(application.Type), ApplicationDeclarations.EntryPoint);
            if (application.Type is ApplicationType.Script or ApplicationType.Module)
            {
                Put(ApplicationDeclarations.Callable, application.Callable, ApplicationDeclarations.EntryPoint);
            }
            else if (application.Type == ApplicationType.Static)
            {
                // ENTRY names it.
                written.Remove(StaticDeclarations.DocumentRoot);
            }
        }

        Put(ApplicationDeclarations.WorkingDirectory, application.WorkingDirectory);
        if (python is not null)
        {
            Put(PythonDeclarations.Executable, python, PythonDeclarations.Home);
        }

        written.Remove(PythonDeclarations.Home);
        Put(ListenDeclarations.Host, settings.Listen.Host);
        Put(ListenDeclarations.Port, settings.Listen.Port.ToString(CultureInfo.InvariantCulture));
        return InOrder(written.Values);

        // What is not written by itself may have come from another setting.
        void Put(Setting setting, string text, Setting? from = null)
        {
            var before = written.GetValueOrDefault(setting) ?? (from is null ? null : written.GetValueOrDefault(from));
            written[setting] = new WrittenSetting(setting, [text], before?.Origin ?? Found, before?.IsInFile ?? false);
        }
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
