using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;

namespace Addergate.Settings.Resolution;

/// <summary>What an ENTRY was taken for.</summary>
/// <param name="Type">Script or module.</param>
/// <param name="Entry">Absolute path or dotted name.</param>
/// <param name="Callable">Named after a colon, or null.</param>
/// <param name="Mistake">Why it cannot be served, or null.</param>
internal sealed record EntryForm(ApplicationType Type, string Entry, string? Callable, Mistake? Mistake = null);
