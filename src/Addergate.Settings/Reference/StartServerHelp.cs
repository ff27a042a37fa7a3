using System.Text;
using Addergate.Settings.Declarations;

namespace Addergate.Settings.Reference;

/// <summary>The text of <c>addergate start-server --help</c>, made from the declarations.</summary>
public static class StartServerHelp
{
    private const int NameColumn = 2;
    private const int TextColumn = 30;
    private const int NarrowTextColumn = 8;

    /// <summary>Where the faint part of a description begins; never shown.</summary>
    private const char NotesBegin = '\u0001';

    private static readonly (string Command, string Meaning)[] Examples =
    [
        ("addergate start-server app.wsgi", "a script, on http://127.0.0.1:8000/"),
        ("addergate start-server mysite.wsgi:application --processes 4", "a Django project"),
        ("addergate start-server 'shop:create_app()' --host '*' --port 80 --user web",
            "a factory, open to the network, bound as root and run as www-data"),
        ("addergate start-server app.wsgi --https-port 8443 \\\n"
            + "      --ssl-certificate-file site.pem --ssl-certificate-key-file site.key", "HTTPS and HTTP/2"),
    ];

    /// <param name="width">Columns of the terminal.</param>
    /// <param name="style">Colours or none.</param>
    public static string Write(int width, TextStyle style)
    {
        var text = new StringBuilder();
        text.Append(style.Heading("Usage:")).Append(" addergate start-server [ENTRY] [options]\n\n");
        Paragraph(
            text,
            width,
            "Serves a WSGI application in the foreground until Ctrl-C or SIGTERM. ENTRY is a script of any extension "
            + "(app.wsgi), a dotted module (mysite.wsgi), or module:callable; a callable with () is a factory. Without "
            + "ENTRY there is a welcome page.");
        foreach (var group in Enum.GetValues<SettingGroup>().Where(static group => group != SettingGroup.Superseded))
        {
            text.Append('\n').Append(style.Heading(SettingGroups.Title(group) + ":")).Append('\n');
            foreach (var setting in AllSettings.List.Where(setting => setting.Group == group))
            {
                Option(text, width, style, Usage(setting), Description(setting));
            }
        }

        text.Append('\n').Append(style.Heading("Values:")).Append('\n');
        Paragraph(
            text,
            width,
            "SECONDS may have units: 1.5s, 2m, 1h. BYTES too: 512K, 10M, 1G (powers of 1024). Names of options may be cut "
            + "short while they stay unambiguous. Every option can also be given as an environment variable, --log-level "
            + "as ADDERGATE_LOG_LEVEL, and in addergate.toml, as log-level = \"info\"; the command line goes before both. Options of mod_wsgi-express that are about the insides of "
            + "Apache are accepted, and say what is done instead.");
        text.Append('\n').Append(style.Heading("Signals:")).Append('\n');
        Paragraph(
            text,
            width,
            "TERM and INT finish the running requests and end; a second one ends at once. HUP loads the application anew "
            + "without losing a request. USR1 opens the log files anew.");
        text.Append('\n').Append(style.Heading("Examples:")).Append('\n');
        foreach (var (command, meaning) in Examples)
        {
            text.Append("  ").Append(style.Faint("# " + meaning)).Append('\n');
            text.Append("  ").Append(command).Append('\n');
        }

        return text.ToString();
    }

    private static string Usage(Setting setting) => setting.Form switch
    {
        SettingForm.Flag => setting.Option,
        SettingForm.OptionalValue => $"{setting.Option}[={setting.Metavar}]",
        _ => $"{setting.Option} {setting.Metavar}",
    };

    private static string Description(Setting setting)
    {
        var notes = new List<string>();
        if (setting.Form is SettingForm.Repeated or SettingForm.RepeatedPair)
        {
            notes.Add("may be repeated");
        }

        // A switch that is off until it is named needs no telling.
        if (setting.DefaultText is { } text && (setting.Form is not (SettingForm.Flag or SettingForm.OptionalValue) || text != "off"))
        {
            notes.Add($"default: {(setting is Setting<TimeSpan> && text != "0" ? Spoken(text) : text)}");
        }

        if (setting.PlatformVariable is { } variable)
        {
            notes.Add($"or ${variable}");
        }

        var choices = setting.Metavar is "TYPE" or "LEVEL" or "FORMAT" or "POLICY" ? $": {setting.Syntax}" : "";
        return setting.Help + choices + (notes.Count > 0 ? $" {NotesBegin}[{string.Join("; ", notes)}]" : "");
    }

    private static string Spoken(string duration) =>
        duration.EndsWith('s') && !duration.EndsWith("ms", StringComparison.Ordinal) ? duration[..^1] + " s" : duration;

    private static void Option(StringBuilder text, int width, TextStyle style, string usage, string description)
    {
        // On a narrow terminal the text goes below the name.
        var isNarrow = width < 70;
        var column = isNarrow ? NarrowTextColumn : TextColumn;
        text.Append(' ', NameColumn).Append(style.Name(usage));
        var at = NameColumn + usage.Length;
        if (isNarrow || at + 2 > column)
        {
            text.Append('\n');
            at = 0;
        }

        var isFaint = false;
        foreach (var line in TextWrap.Lines(description, Math.Max(20, width - column)))
        {
            text.Append(' ', column - at);
            var notes = isFaint ? 0 : line.IndexOf(NotesBegin);
            isFaint = notes >= 0;
            text.Append(isFaint ? line[..notes] + style.Faint(line[notes..].TrimStart(NotesBegin)) : line).Append('\n');
            at = 0;
        }
    }

    private static void Paragraph(StringBuilder text, int width, string sentence)
    {
        foreach (var line in TextWrap.Lines(sentence, Math.Max(20, width - NameColumn)))
        {
            text.Append(' ', NameColumn).Append(line).Append('\n');
        }
    }
}
