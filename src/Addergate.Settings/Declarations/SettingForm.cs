namespace Addergate.Settings.Declarations;

/// <summary>How a setting is written on the command line.</summary>
public enum SettingForm
{
    /// <summary><c>--name</c> turns it on; other sources write on or off.</summary>
    Flag,

    /// <summary><c>--name</c> or <c>--name=VALUE</c>; a following word is never its value.</summary>
    OptionalValue,

    /// <summary><c>--name VALUE</c> or <c>--name=VALUE</c>; the last one counts.</summary>
    Value,

    /// <summary>The same, once for each value; in an environment variable a list
    /// (<see cref="Setting.VariableSeparator"/>).</summary>
    Repeated,

    /// <summary><c>--name KEY VALUE</c> in two words, once for each key; in an environment variable <c>KEY=VALUE</c>, a list
    /// separated by colons.</summary>
    RepeatedPair,
}
