using System.Globalization;
using System.Net;
using System.Text;

namespace Addergate.AspNetCore.Files;

/// <summary>A directory's list as HTML. Names are data: encoded in text and in links.</summary>
internal static class DirectoryPage
{
    private const string Style =
        "body{font:1rem/1.6 system-ui,sans-serif;margin:2rem;color-scheme:light dark}td{padding:0 2rem 0 0}"
        + "td+td{text-align:right;font-variant-numeric:tabular-nums}";

    /// <param name="path">The decoded path of the URL, with a slash at its end.</param>
    /// <param name="entries">From <see cref="DirectoryEntries"/>.</param>
    public static byte[] Write(string path, IReadOnlyList<DirectoryEntry> entries)
    {
        var title = WebUtility.HtmlEncode(path);
        var page = new StringBuilder()
            .Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width\"><title>").Append(title).Append("</title><style>")
            .Append(Style).Append("</style></head>\n<body><h1>").Append(title).Append("</h1>\n<table>\n");
        if (path.Length > 1)
        {
            page.Append("<tr><td><a href=\"../\">../</a></td></tr>\n");
        }

        foreach (var entry in entries.Take(DirectoryEntries.Most))
        {
            var slash = entry.IsDirectory ? "/" : "";
            page.Append("<tr><td><a href=\"./").Append(Uri.EscapeDataString(entry.Name)).Append(slash).Append("\">")
                .Append(WebUtility.HtmlEncode(entry.Name)).Append(slash).Append("</a></td><td>")
                .Append(entry.Modified.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)).Append("</td><td>")
                .Append(entry.IsDirectory ? "" : entry.Length.ToString("N0", CultureInfo.InvariantCulture))
                .Append("</td></tr>\n");
        }

        page.Append("</table>\n");
        if (entries.Count > DirectoryEntries.Most)
        {
            page.Append("<p>Only the first ").Append(DirectoryEntries.Most).Append(" are listed.</p>\n");
        }

        return Encoding.UTF8.GetBytes(page.Append("</body></html>\n").ToString());
    }
}
