namespace Addergate.Settings.Values;

/// <summary>How one type of value is written.</summary>
/// <param name="Metavar">Stands for the value in help: <c>SECONDS</c>.</param>
/// <param name="Syntax">For the reference page: what may be written.</param>
/// <param name="Parse">Never throws; called with what the user wrote, never empty.</param>
/// <param name="Show">Writes a value so that <paramref name="Parse"/> reads it back.</param>
public sealed record ValueKind<T>(string Metavar, string Syntax, Func<string, Parsed<T>> Parse, Func<T, string> Show)
{
    /// <summary>The types that a configuration file may write it in.</summary>
    public FileTypes FileTypes { get; init; } = FileTypes.Text;

    /// <summary>For what is or has a path: makes a relative one in a text (first) one below a directory (second).</summary>
    public Func<string, string, string>? Under { get; init; }
}
