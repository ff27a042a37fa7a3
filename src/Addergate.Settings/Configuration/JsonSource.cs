using System.Text;
using System.Text.Json;
using Addergate.Settings.Mistakes;

namespace Addergate.Settings.Configuration;

/// <summary>Reads <c>addergate.json</c>, for machines without a Python that reads TOML.</summary>
public static class JsonSource
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ConfigurationContent Read(ConfigurationFile file)
    {
        ReadOnlySpan<byte> content = file.Content;
        if (content.StartsWith("\uFEFF"u8))
        {
            content = content[3..];
        }

        try
        {
            // The reader looks at the text of strings only when they are asked for, and then without their line.
            Strict.GetCharCount(content);
            return FileSource.Read(JsonTree.Read(content), file);
        }
        catch (DecoderFallbackException wrong)
        {
            var line = content[..wrong.Index].Count((byte)'\n') + 1;
            return ConfigurationContent.Wrong(new Mistake($"{file.At(line)}: it is not written in UTF-8"));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            var line = wrong is JsonException { LineNumber: { } number } ? (int)number + 1 : 0;
            return ConfigurationContent.Wrong(new Mistake($"{file.At(line)}: {Sentence(wrong)}"));
        }
    }

    /// <summary>Without what the exception adds about the place, and for whoever wrote the program.</summary>
    private static string Sentence(Exception wrong) =>
        wrong.Message.Split(" LineNumber:")[0].Split(" which is not supported")[0].TrimEnd('.', ' ');
}
