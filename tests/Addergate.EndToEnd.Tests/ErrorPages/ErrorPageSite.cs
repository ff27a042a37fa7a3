using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.ErrorPages;

/// <summary>A site with a page of each kind, once for the server's errors alone and once for the application's, too.</summary>
public sealed class ErrorPageSite : IDisposable
{
    private const string Application =
        """
        import os
        import urllib.parse

        def application(environ, start_response):
            path = environ["PATH_INFO"]
            if path == "/made":
                return made(dict(urllib.parse.parse_qsl(environ["QUERY_STRING"])), start_response)
            if path == "/crash":
                os._exit(1)
            if path == "/raise":
                raise RuntimeError("on purpose")
            if path == "/bad-page":
                start_response("500 Internal Server Error", [])
                return [b"worse"]
            if path == "/moved-page":
                start_response("302 Found", [("Location", "/made")])
                return [b"elsewhere"]
            start_response("200 OK", [("Content-Type", "text/x-page"), ("X-From", "application")])
            names = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "REQUEST_URI", "REDIRECT_STATUS", "REDIRECT_URL",
                     "CONTENT_LENGTH", "HTTP_IF_NONE_MATCH", "HTTP_COOKIE")
            body = environ["wsgi.input"].read()
            return ["".join(f"{name}={environ.get(name)}\n" for name in names).encode("latin-1"), body]

        def made(asked, start_response):
            headers = [tuple(line.split(": ", 1)) for line in asked.get("headers", "").split("|") if line]
            start_response(asked["status"], headers)
            return [b"own words"]
        """;

    private readonly TemporaryDirectory _directory = new();

    public ErrorPageSite()
    {
        Write("app.py", Application);
        Write("pages/404.html", "<h1>Not here</h1>");
        Write("static/413.html", "<h1>Too much</h1>");
        Write("static/private.txt", "x");
        Write("hidden/502.html", "<h1>Broken</h1>");
        Write("pages/gone.html", "gone");
        Plain = Start();
        Overriding = Start("--error-override");
        File.Delete(Path.Combine(_directory.Path, "pages/gone.html"));
    }

    internal ServerProcess Plain { get; }

    internal ServerProcess Overriding { get; }

    public void Dispose()
    {
        Plain.Dispose();
        Overriding.Dispose();
        _directory.Dispose();
    }

    private ServerProcess Start(params string[] options) => ServerProcess.Start(new ServerStart
    {
        Arguments =
        [
            "app.py", "--server-name", "test", "--allow-localhost", "--limit-request-body", "1000", "--access-log",
            "--url-alias", "/static", "static", "--private-root", "/hidden", "hidden",
            "--error-document", "404", "pages/404.html", "--error-document", "421", "pages/404.html",
            "--error-document", "413", "/static/413.html", "--error-document", "502", "/hidden/502.html",
            "--error-document", "500", "/oops?by=server", "--error-document", "409", "/bad-page",
            "--error-document", "410", "pages/gone.html", "--error-document", "411", "/moved-page",
            "--error-document", "417", "pages/404.html", "--error-document", "405", "/static/missing.html",
            "--error-document", "451", "https://elsewhere.example/law", .. options,
        ],
        WorkingDirectory = _directory.Path,
    });

    private void Write(string name, string text)
    {
        var path = Path.Combine(_directory.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
