namespace Addergate.Settings.Model;

/// <summary>What clients see of errors.</summary>
public sealed record ErrorPageSettings
{
    /// <summary>Each status once.</summary>
    public IReadOnlyList<ErrorDocument> Documents { get; init; } = [];

    /// <summary>Whether they are shown for errors of the application, too.</summary>
    public bool Overrides { get; init; }
}
