namespace Addergate.Settings.Machines;

/// <summary>A group of the machine.</summary>
public sealed record GroupEntry(uint Id, string Name);
