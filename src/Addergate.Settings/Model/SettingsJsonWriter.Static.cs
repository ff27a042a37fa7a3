using System.Text.Json;

namespace Addergate.Settings.Model;

/// <summary>Files that are served without the application.</summary>
internal static partial class SettingsJsonWriter
{
    private static void Static(Utf8JsonWriter json, StaticSettings files)
    {
        json.WriteStartObject("static");
        json.WriteString("document_root", files.DocumentRoot);
        Aliases(json, "aliases", files.Aliases);
        Aliases(json, "private_roots", files.PrivateRoots);
        Texts(json, "directory_index", files.DirectoryIndex);
        json.WriteBoolean("directory_listing", files.DirectoryListing);
        json.WriteBoolean("follow_symlinks", files.FollowSymlinks);
        Number(json, "max_age", files.MaxAge?.Ticks);
        Texts(json, "immutable_urls", files.ImmutableUrls);
        json.WriteString("mime_types", files.MimeTypes);
        json.WriteBoolean("compress_responses", files.CompressResponses);
        json.WriteEndObject();
    }

    private static void Aliases(Utf8JsonWriter json, string name, IReadOnlyList<FileAlias> aliases)
    {
        json.WriteStartArray(name);
        foreach (var alias in aliases)
        {
            json.WriteStartObject();
            json.WriteString("url", alias.Url);
            json.WriteString("path", alias.Path);
            json.WriteBoolean("is_directory", alias.IsDirectory);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
