using System.Globalization;
using System.Text;

namespace Addergate.Dashboard;

/// <summary>Lines of the text format: a family is begun, then its values follow.</summary>
internal sealed class PrometheusWriter
{
    private readonly StringBuilder _text = new();
    private string _family = "";

    public void Begin(string name, string type, string help)
    {
        _family = name;
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    public void Value(double value, params ReadOnlySpan<(string Name, string Value)> labels) => Value("", value, labels);

    public void Value(string suffix, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(_family).Append(suffix);
        var separator = '{';
        foreach (var (name, text) in labels)
        {
            _text.Append(separator).Append(name).Append("=\"").Append(Escaped(text)).Append('"');
            separator = ',';
        }

        _text.Append(labels.IsEmpty ? "" : "}").Append(' ').Append(Number(value)).Append('\n');
    }

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public override string ToString() => _text.ToString();

    private static string Escaped(string text) => text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
}
