using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>
/// One setting, declared once. The command-line option, the environment variable, help, the reference page and the
/// validator are made from this; nothing about a setting is written down a second time.
/// </summary>
public abstract class Setting
{
    private protected Setting()
    {
    }

    /// <summary>Name without dashes in front: <c>ssl-certificate-file</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Another name of the same option and key, without dashes in front: what mod_wsgi-express called it before.
    /// </summary>
    public string? OtherName { get; init; }

    public required SettingGroup Group { get; init; }

    /// <summary>What it does, for help and the reference page: a phrase without a full stop at its end.</summary>
    public required string Help { get; init; }

    /// <summary>Where the default comes from, and what mod_wsgi-express calls the setting if it has it.</summary>
    public required string Provenance { get; init; }

    public SettingForm Form { get; init; } = SettingForm.Value;

    /// <summary>For a repeated one: whether a configuration file may write a single value without making a list of it.
    /// </summary>
    public bool MayBeOne { get; init; }

    /// <summary>A variable that platforms set (<c>PORT</c>); it counts after the setting's own one.</summary>
    public string? PlatformVariable { get; init; }

    /// <summary>Between the items of a list in the variable.</summary>
    public char VariableSeparator { get; init; } = ':';

    /// <summary>Describes a default that depends on circumstances; otherwise it is shown from the value.</summary>
    public string? DefaultDescription { get; init; }

    /// <summary>Set where the group does not tell whether each application of a server may have its own.</summary>
    public bool? MayBePerApplication { get; init; }

    /// <summary>Whether each application of a server may have its own.</summary>
    public bool IsPerApplication => MayBePerApplication
        ?? Group is SettingGroup.Application or SettingGroup.Python or SettingGroup.Workers or SettingGroup.Timeouts
            or SettingGroup.Recycling or SettingGroup.Resources or SettingGroup.Requests or SettingGroup.Identity;

    /// <summary>Set for what is accepted without effect: what Addergate does instead, for people.</summary>
    public string? Notice { get; init; }

    public string Option => "--" + Name;

    /// <summary>Whether this is what an option is called: <c>--ssl-port</c>.</summary>
    public bool HasOption(string option) => option == Option || (OtherName is not null && option == "--" + OtherName);

    /// <summary><c>ADDERGATE_SSL_CERTIFICATE_FILE</c>.</summary>
    public string Variable => "ADDERGATE_" + Name.ToUpperInvariant().Replace('-', '_');

    /// <summary>The default for people, or null when there is none.</summary>
    public abstract string? DefaultText { get; }

    /// <summary>Stands for the value in help.</summary>
    public abstract string Metavar { get; }

    /// <summary>What may be written, for the reference page.</summary>
    public abstract string Syntax { get; }

    /// <summary>The types that a configuration file may write the value in, or each of its values.</summary>
    internal abstract FileTypes FileTypes { get; }

    /// <summary>A value that a file in a directory wrote, with relative paths in it made absolute.</summary>
    internal abstract string Under(string text, string directory);

    /// <summary>A value as it is shown, whichever way it was written; unchanged when something is wrong with it.</summary>
    internal abstract string Normal(string text);

    /// <summary>What is wrong with a value, worded to follow it in quotes, or null.</summary>
    internal abstract string? ProblemWith(string text);
}
