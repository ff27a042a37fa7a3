namespace Addergate.Settings.Machines;

/// <summary>A user of the machine.</summary>
public sealed record UserEntry(uint Id, uint GroupId, string Name);
