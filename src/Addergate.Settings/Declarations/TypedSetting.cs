using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>A setting with the type of its value.</summary>
public sealed class Setting<T> : Setting
{
    public required ValueKind<T> Kind { get; init; }

    /// <summary>Used when no source names the setting; null where <see cref="Setting.DefaultDescription"/> says how it
    /// is found.</summary>
    public T? Default { get; init; }

    public override string? DefaultText =>
        DefaultDescription ?? (Default is null ? null : Kind.Show(Default));

    public override string Metavar => Kind.Metavar;

    public override string Syntax => Kind.Syntax;

    internal override FileTypes FileTypes => Kind.FileTypes;

    internal override string Under(string text, string directory) => Kind.Under?.Invoke(text, directory) ?? text;

    internal override string Normal(string text) =>
        Kind.Parse(text) is { Problem: null } parsed ? Kind.Show(parsed.Value!) : text;

    internal override string? ProblemWith(string text) => Kind.Parse(text).Problem;
}
