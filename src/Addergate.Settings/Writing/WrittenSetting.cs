using Addergate.Settings.Declarations;

namespace Addergate.Settings.Writing;

/// <summary>A setting as it is to be written down for later starts.</summary>
/// <param name="Setting">Which.</param>
/// <param name="Texts">One; of a setting that may be repeated at least one, pairs as <c>NAME=VALUE</c>. All paths absolute.
/// </param>
/// <param name="Origin">For people: who said so, or that it is a default.</param>
/// <param name="IsInFile">Whether a configuration file says so already.</param>
public sealed record WrittenSetting(Setting Setting, IReadOnlyList<string> Texts, string Origin, bool IsInFile);
