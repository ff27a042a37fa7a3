using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Addergate.AspNetCore.Explaining;
using Addergate.Cli.Terminals;
using Addergate.Settings.Reference;

namespace Addergate.Cli.Configuration;

/// <summary>The way of a request, for people and for programs.</summary>
internal static class ExplanationReport
{
    internal static string Write(UrlExplanation explanation, TextStyle style)
    {
        var width = explanation.Steps.Max(static step => step.Stage.Length);
        var text = new StringBuilder($"GET {style.Strong(TerminalText.Clean(explanation.Url))}\n");
        for (var index = 0; index < explanation.Steps.Count; index++)
        {
            var (stage, said) = explanation.Steps[index];
            var isLast = index == explanation.Steps.Count - 1;
            var padded = stage.PadRight(width);
            said = TerminalText.Clean(said);
            text.Append(isLast ? $"→ {style.Name(padded)}   {Answer(explanation.Answer, said, style)}\n"
                : $"  {style.Faint(padded)}   {style.Faint(said)}\n");
        }

        return text.ToString();
    }

    internal static string WriteJson(UrlExplanation explanation)
    {
        using var bytes = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(bytes, options))
        {
            json.WriteStartObject();
            json.WriteString("url", explanation.Url);
            json.WriteStartObject("answer");
            json.WriteString("kind", Word(explanation.Answer.Kind));
            if (explanation.Answer.Status is { } status)
            {
                json.WriteNumber("status", status);
            }

            json.WriteString("target", explanation.Answer.Target);
            json.WriteEndObject();
            json.WriteStartArray("steps");
            foreach (var (stage, text) in explanation.Steps)
            {
                json.WriteStartObject();
                json.WriteString("stage", stage);
                json.WriteString("text", text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    private static string Answer(UrlAnswer answer, string text, TextStyle style) => answer.Kind switch
    {
        UrlAnswerKind.Refusal => style.Error(text),
        UrlAnswerKind.Redirect => style.Warning(text),
        _ => style.Strong(text),
    };

    private static string Word(UrlAnswerKind kind) => kind switch
    {
        UrlAnswerKind.Refusal => "refusal",
        UrlAnswerKind.Redirect => "redirect",
        UrlAnswerKind.Proxy => "proxy",
        UrlAnswerKind.Script => "script",
        UrlAnswerKind.File => "file",
        UrlAnswerKind.List => "list",
        _ => "application",
    };
}
