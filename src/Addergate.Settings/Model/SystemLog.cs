namespace Addergate.Settings.Model;

/// <summary>A log that goes to the machine's own.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Facility">As numbered in RFC 5424, 6.2.1.</param>
/// <param name="Tag">Under which name.</param>
/// <param name="Socket">Absolute path.</param>
public sealed record SystemLog(SystemLogKind Kind, int Facility, string Tag, string Socket);
