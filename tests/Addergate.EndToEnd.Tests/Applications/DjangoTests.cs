using System.Net;
using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Applications;

public sealed class DjangoTests(DjangoTests.Site site) : IClassFixture<DjangoTests.Site>
{
    private readonly Browser _browser = new(site.Server.Port);

    [Fact]
    public void The_admin_is_entered_with_a_password_and_left_again()
    {
        Assert.Contains("Log in", _browser.Text("/admin/"), StringComparison.Ordinal);
        var login = Form(
            ("csrfmiddlewaretoken", _browser.Token("/admin/login/")), ("username", "keeper"), ("password", "secret"),
            ("next", "/admin/"));
        var entered = _browser.Post("/admin/login/?next=/admin/", login);
        Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
        Assert.Contains("Site administration", Browser.Read(entered), StringComparison.Ordinal);

        // A page that queries, and a form that writes to the database.
        Assert.Contains("keeper", _browser.Text("/admin/auth/user/"), StringComparison.Ordinal);
        var group = Form(("csrfmiddlewaretoken", _browser.Token("/admin/auth/group/add/")), ("name", "Käufer"));
        Assert.Contains("Käufer", Browser.Read(_browser.Post("/admin/auth/group/add/", group)), StringComparison.Ordinal);
        Assert.Contains("Käufer", _browser.Text("/admin/auth/group/"), StringComparison.Ordinal);

        _browser.Get("/admin/logout/");
        Assert.DoesNotContain("Site administration", _browser.Text("/admin/"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_password_is_told_so()
    {
        var login = Form(
            ("csrfmiddlewaretoken", _browser.Token("/admin/login/")), ("username", "keeper"), ("password", "wrong"));
        Assert.Contains(
            "Please enter the correct", Browser.Read(_browser.Post("/admin/login/", login)), StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_live_in_the_database_whichever_worker_answers()
    {
        for (var visit = 1; visit <= 20; visit++)
        {
            Assert.Equal($"visit {visit}", _browser.Text("/visits/"));
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(300_000)]
    [InlineData(5_000_000)]
    public void A_form_with_a_file_arrives_whole(int size)
    {
        var (form, hash) = Browser.Upload(
            size, ("csrfmiddlewaretoken", _browser.Token("/upload/")), ("title", "Überschrift"));
        var answer = JsonDocument.Parse(Browser.Read(_browser.Post("/upload/", form))).RootElement;
        Assert.Equal("Überschrift", answer.GetProperty("title").GetString());
        Assert.Equal("random.bin", answer.GetProperty("name").GetString());
        Assert.Equal(size, answer.GetProperty("size").GetInt32());
        Assert.Equal(hash, answer.GetProperty("sha256").GetString());
    }

    [Fact]
    public void A_chunked_body_is_a_body_to_Django_too()
    {
        var (form, hash) = Browser.Upload(
            50_000, ("csrfmiddlewaretoken", _browser.Token("/upload/")), ("title", "t"));
        var request = new StreamContent(form.ReadAsStream());
        request.Headers.ContentType = form.Headers.ContentType;
        request.Headers.ContentLength = null;
        var answer = Browser.Read(_browser.Post("/upload/", request));
        Assert.Contains(hash, answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_without_its_token_is_refused() => Assert.Equal(
        HttpStatusCode.Forbidden, _browser.Post("/upload/", Browser.Upload(10).Form).StatusCode);

    [Fact]
    public void A_page_a_stream_and_a_file()
    {
        Assert.Contains("grüß Gott", _browser.Text("/?q=ä"), StringComparison.Ordinal);
        Assert.Equal(
            string.Concat(Enumerable.Range(0, 5000).Select(static n => $"line {n}\n")), _browser.Text("/stream/5000/"));
        var file = _browser.Get("/file/");
        Assert.Equal("views.py", file.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(
            File.ReadAllText(Path.Combine(Layout.Apps, "django_site/shop/views.py")), Browser.Read(file));
        Assert.Equal(HttpStatusCode.NotFound, _browser.Get("/nosuch/").StatusCode);
    }

    [Fact]
    public void A_view_that_fails_gives_500_and_its_traceback_is_logged()
    {
        Assert.Equal(HttpStatusCode.InternalServerError, _browser.Get("/broken/").StatusCode);
        site.Server.WaitForLog("LookupError: a view that fails");
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value)));

    public sealed class Site : IDisposable
    {
        private readonly TemporaryDirectory _directory = new();

        public Site()
        {
            var home = VirtualEnvironment.Make(_directory.Path, "django");
            var project = Path.Combine(Layout.Apps, "django_site");
            var python = Path.Combine(home, "bin/python");
            var variables = new[] { "SHOP_DATA=" + _directory.Path, "PYTHONDONTWRITEBYTECODE=1" };
            Tool.Succeed("env", [.. variables, python, Path.Combine(project, "manage.py"), "migrate", "-v", "0"]);
            Tool.Succeed(
                "env",
                [
                    .. variables, "DJANGO_SUPERUSER_PASSWORD=secret", python, Path.Combine(project, "manage.py"),
                    "createsuperuser", "--noinput", "--username", "keeper", "--email", "keeper@example.org",
                ]);
            Server = ServerProcess.Start(new ServerStart
            {
                Arguments =
                [
                    "shop.wsgi", "--working-directory", project, "--python-home", home, "--processes", "2",
                ],
                Python = null,
                Environment = new Dictionary<string, string?> { ["SHOP_DATA"] = _directory.Path },
            });
        }

        internal ServerProcess Server { get; }

        public void Dispose()
        {
            Server.Dispose();
            _directory.Dispose();
        }
    }
}
