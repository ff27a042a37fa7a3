namespace Addergate.Settings.Configuration;

/// <summary>A name and its value in a table. A class, as <see cref="Values.Choice{T}"/> is: lists of pairs would be compiled
/// at every start.</summary>
internal sealed record FileMember(string Name, FileValue Value);
