using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Files;

/// <summary>
/// A directory with files that may be served, and beside it what may not, and an application that says of what it was asked.
/// <code>
///  secret.txt   public/…   public-other/secret.txt   static/…
/// </code>
/// </summary>
public sealed partial class StaticSite : IDisposable
{
    public const string Secret = "SECRET";

    private const uint CharacterDevice = 0x2000;

    private const string Application =
        """
        import urllib.parse

        def application(environ, start_response):
            if environ["PATH_INFO"] == "/made":
                return made(dict(urllib.parse.parse_qsl(environ["QUERY_STRING"])), start_response)
            start_response("200 OK", [("Content-Type", "text/plain"), ("X-From", "application")])
            return [(environ["REQUEST_METHOD"] + " " + environ["PATH_INFO"]).encode("latin-1")]

        def made(asked, start_response):
            headers = [tuple(line.split(": ", 1)) for line in asked.get("headers", "").split("|") if line]
            start_response(asked.get("status", "200 OK"), headers)
            size = int(asked.get("size", "2000"))
            if "fail" in asked:
                return failing()
            body = (b"0123456789" * (size // 10 + 1))[:size]
            return [body[at:at + 50000] for at in range(0, size, 50000)]

        def failing():
            yield b"begun"
            raise RuntimeError("after the head")
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly Lazy<ServerProcess> _server;

    public StaticSite()
    {
        _directory.Write("app.py", Application);
        _directory.Write("secret.txt", Secret);
        Write("public-other/secret.txt", Secret);
        foreach (var root in (string[])["public", "static"])
        {
            Write($"{root}/hello.txt", $"hello from {root}");
            Write($"{root}/sub/page.html", "<p>page");
            Write($"{root}/.hidden", Secret);
            Write($"{root}/.git/config", Secret);
            Write($"{root}/sub/.env", Secret);
            Write($"{root}/.well-known/security.txt", "Contact: mailto:a@b.example");
            Write($"{root}/.well-known/.hidden", Secret);
            Write($"{root}/with space.txt", "spaced");
            Write($"{root}/ünï.txt", "umlauts");
            Write($"{root}/a%2fb.txt", "percent");
            Write($"{root}/empty.txt", "");
            Link($"{root}/inside.txt", "hello.txt");
            Link($"{root}/sub/up.txt", "../hello.txt");
            Link($"{root}/out.txt", "../secret.txt");
            Link($"{root}/outabs.txt", Path.Combine(Root, "secret.txt"));
            Link($"{root}/outdir", "..");
            Link($"{root}/loop", "loop");
            Link($"{root}/proc", "/proc/self");
            WriteSpecial(root);
        }

        File.WriteAllBytes(Path.Combine(Root, "static/digits.bin"), Digits);
        _server = new Lazy<ServerProcess>(() => Start(
            "--document-root", "public", "--url-alias", "/static", "static", "--url-alias", "/static/own", "static/sub",
            "--url-alias", "/robots.txt", "static/hello.txt"));
    }

    /// <summary>300,000 bytes that tell their place.</summary>
    public static byte[] Digits { get; } = Encoding.ASCII.GetBytes(
        string.Concat(Enumerable.Range(0, 30_000).Select(static number => $"{number:D9}\n")));

    public string Root => _directory.Path;

    /// <summary>With the document root at <c>/</c>, <c>/static</c> and <c>/static/own</c> beside it, and one file.</summary>
    internal ServerProcess Server => _server.Value;

    internal Reply Get(string target, string headers = "", string method = "GET") =>
        Servers.Get(Server.Port, target, headers, method);

    internal ServerProcess Start(params string[] options) => ServerProcess.Start(
        new ServerStart { Arguments = ["app.py", .. options], WorkingDirectory = Root });

    /// <summary>Writes a file below the site's directory; its time lies in the past, so that its ETag is strong.</summary>
    internal string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        return path;
    }

    private void WriteSpecial(string root)
    {
        WriteFifo($"{root}/fifo");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        // Relative to the working directory, since an address has room for 107 bytes; the name stays when it is closed.
        var address = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        socket.Bind(new UnixDomainSocketEndPoint(address));
        File.Move(address, Path.Combine(Root, root, "socket"));
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Equal(0, MakeNode(Path.Combine(Root, root, "null"), CharacterDevice | 0x1B6, 0x103));
            Assert.Equal(0, MakeNode(Path.Combine(Root, root, "zero"), CharacterDevice | 0x1B6, 0x105));
        }
    }

    internal void WriteFifo(string name) => Assert.Equal(0, MakeFifo(Path.Combine(Root, name), 0x1A4));

    /// <summary>Makes a link, or has it lead elsewhere, in one step.</summary>
    internal string Link(string name, string target)
    {
        var path = Path.Combine(Root, name);
        File.CreateSymbolicLink(path + ".next", target);
        // File.Move looks at what the link leads to.
        Assert.Equal(0, Rename(path + ".next", path));
        return path;
    }

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Dispose();
        }

        _directory.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "mknod", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeNode(string path, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
