using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Files;

/// <summary>The static site with a private root, which is declared through a link.</summary>
public sealed class FileHandoverSite : IDisposable
{
    private readonly StaticSite _site = new();
    private readonly ServerProcess _server;

    public FileHandoverSite()
    {
        _site.Write("real/report.txt", "report");
        _site.Write("real/sub/page.html", "<p>page");
        _site.Write("real/with space.txt", "spaced");
        _site.Write("real/ünï.txt", "umlauts");
        _site.Write("real/.hidden", StaticSite.Secret);
        _site.Link("real/out.txt", "../secret.txt");
        _site.Link("real/outdir", "..");
        _site.Link("real/proc", "/proc/self");
        _site.WriteFifo("real/fifo");
        File.WriteAllBytes(Path.Combine(_site.Root, "real/digits.bin"), StaticSite.Digits);
        _site.Link("private", "real");
        _server = _site.Start("--private-root", "/protected", "private", "--access-log");
    }

    internal string Root => _site.Root;

    internal int Port => _server.Port;

    internal Reply Get(string target) => Servers.Get(_server.Port, target);

    /// <summary>Has the application answer with headers, which are separated by bars, and 2000 bytes.</summary>
    internal Reply Made(string headers, string requestHeaders = "", string method = "GET", string status = "", string more = "") =>
        Servers.Get(_server.Port, Target(headers) + $"&status={Uri.EscapeDataString(status)}" + more, requestHeaders, method);

    internal string Target(string headers) => "/made?headers=" + Uri.EscapeDataString(Places(headers));

    /// <summary>Puts in where the directories are.</summary>
    internal string Places(string text) => text
        .Replace("{private}", Path.Combine(Root, "private"), StringComparison.Ordinal)
        .Replace("{real}", Path.Combine(Root, "real"), StringComparison.Ordinal)
        .Replace("{root}", Root, StringComparison.Ordinal);

    internal void WaitForLog(string text) => _server.WaitForLog(text);

    internal string Write(string name, string text) => _site.Write(name, text);

    internal ServerProcess Start(params string[] options) => _site.Start(options);

    internal ServerProcess StartOther(string entry, params string[] options) => ServerProcess.Start(
        new ServerStart { Arguments = [entry, .. options], WorkingDirectory = Root });

    public void Dispose()
    {
        _server.Dispose();
        _site.Dispose();
    }
}
