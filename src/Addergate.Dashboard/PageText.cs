using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Addergate.Dashboard;

/// <summary>The page, put together from its parts: one document that needs nothing else, and runs nothing else.</summary>
internal sealed class PageText
{
    // In the order in which one needs the other.
    private static readonly string[] Scripts = ["figures.js", "charts.js", "tables.js", "page.js"];

    private PageText(byte[] body, string policy)
    {
        Body = body;
        Policy = policy;
    }

    public static PageText Instance { get; } = Load();

    /// <summary>HTML, UTF-8.</summary>
    public byte[] Body { get; }

    /// <summary>The content security policy: it names style and script by their hashes.</summary>
    public string Policy { get; }

    private static PageText Load()
    {
        var style = Read("page.css");
        var script = "'use strict';\n" + string.Concat(Scripts.Select(Read));
        var page = Read("page.html").Replace("/*style*/", style).Replace("/*script*/", script);
        return new PageText(
            Encoding.UTF8.GetBytes(page),
            $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; connect-src 'self'; "
                + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    private static string Hash(string text) =>
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
