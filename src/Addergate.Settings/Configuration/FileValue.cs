using Addergate.Settings.Values;

namespace Addergate.Settings.Configuration;

/// <summary>A value as a configuration file wrote it, whichever format that has.</summary>
internal sealed record FileValue
{
    /// <summary>One of them.</summary>
    public required FileTypes Type { get; init; }

    /// <summary>Of its key, from 1; 0 when it is not known.</summary>
    public required int Line { get; init; }

    /// <summary>Of what is neither list nor table; <c>true</c> or <c>false</c> for a boolean.</summary>
    public string Text { get; init; } = "";

    /// <summary>Of a list.</summary>
    public IReadOnlyList<FileValue> Items { get; init; } = [];

    /// <summary>Of a table, in their order. Names are not unique in JSON.</summary>
    public IReadOnlyList<FileMember> Members { get; init; } = [];

    /// <summary>For people: <c>is a number</c>.</summary>
    internal string TypeName => Type switch
    {
        FileTypes.Text => "text",
        FileTypes.Integer or FileTypes.Decimal => "a number",
        FileTypes.Boolean => "true or false",
        FileTypes.Date => "a date",
        FileTypes.List => "a list",
        _ => "a table",
    };
}
