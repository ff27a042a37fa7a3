namespace Addergate.Settings.Values;

/// <summary>Types that a value can have in a configuration file.</summary>
[Flags]
public enum FileTypes
{
    /// <summary>In quotes.</summary>
    Text = 1,

    /// <summary>A whole number.</summary>
    Integer = 2,

    Decimal = 4,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean = 8,

    Date = 16,
    List = 32,
    Table = 64,
}
