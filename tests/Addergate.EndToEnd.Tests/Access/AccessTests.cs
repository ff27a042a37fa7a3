using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Access;

/// <summary>Who may come in, decided by scripts in a worker of their own and by a file of htpasswd.</summary>
public sealed class AccessTests : IDisposable
{
    private const string Application = """
        def application(environ, start_response):
            start_response("200 OK", [("Content-Type", "text/plain")])
            told = [environ.get("REMOTE_USER"), environ.get("AUTH_TYPE"), environ.get("HTTP_ADDERGATE_ACCESS")]
            return ["|".join(map(str, told)).encode()]
        """;

    private const string Script = """
        import hashlib, os
        asked = []
        def check_password(environ, user, password):
            asked.append(user)
            environ["wsgi.errors"].write(f"asked {len(asked)} {os.getpid()} {environ['PATH_INFO']} {'HTTP_AUTHORIZATION' in environ}\n")
            if user == "boom":
                raise RuntimeError("the directory is down")
            if user == "odd":
                return 1
            return {"alice": password == "wonder", "bob": "robert", "zoë": password == "ü"}.get(user)
        def get_realm_hash(environ, user, realm):
            return hashlib.md5(f"{user}:{realm}:wonder".encode()).hexdigest() if user == "alice" else None
        def allow_access(environ, host):
            assert host == environ["REMOTE_ADDR"]
            return {"/closed": False, "/open": None}.get(environ["PATH_INFO"], True)
        def groups_for_user(environ, user):
            return {"alice": ["wsgi", "staff"], "robert": ["guests"]}[user]
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly string _script;

    public AccessTests()
    {
        _directory.Write("app.py", Application);
        _script = _directory.Write("auth.py", Script);
    }

    public void Dispose() => _directory.Dispose();

    private ServerProcess Start(params string[] arguments) => ServerProcess.Start(
        new ServerStart { Arguments = ["app.py", .. arguments], WorkingDirectory = _directory.Path });

    private static (string Body, string Status) Ask(ServerProcess server, string? user, string path = "/", params string[] more)
    {
        string[] named = user is null ? [] : ["-u", user];
        var parts = Tool.Succeed("curl", ["-sS", "-w", "\n%{http_code}", .. named, .. more, $"http://127.0.0.1:{server.Port}{path}"])
            .Split('\n');
        return (parts[0], parts[^1]);
    }

    [Fact]
    public void A_script_knows_passwords_and_says_who_it_is()
    {
        using var server = Start("--auth-user-script", "auth.py", "--auth-realm", "the \"shop\"");
        Assert.Equal(("alice|Basic|None", "200"), Ask(server, "alice:wonder"));
        Assert.Equal(("robert|Basic|None", "200"), Ask(server, "bob:anything"));
        Assert.Equal(("zo\u00c3\u00ab|Basic|None", "200"), Ask(server, "zoë:ü"));
        foreach (var user in (string?[])["alice:no", "nobody:x", ":", null])
        {
            Assert.Equal("401", Ask(server, user).Status);
        }

        Assert.Contains(
            "\r\nWWW-Authenticate: Basic realm=\"the \\\"shop\\\"\", charset=\"UTF-8\"\r\n",
            Tool.Succeed("curl", "-sSi", $"http://127.0.0.1:{server.Port}/"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_cannot_answer_for_the_scripts()
    {
        using var server = Start("--auth-user-script", "auth.py");
        Assert.Equal("401", Ask(server, null, "/", "-H", "Addergate-Access: eyJhc2siOiJob3N0In0=", "-H", "Remote-User: alice").Status);
        Assert.Equal(("alice|Basic|eyJ9", "200"), Ask(server, "alice:wonder", "/", "-H", "Addergate-Access: eyJ9"));
    }

    [Fact]
    public void When_a_script_fails_nobody_is_let_in()
    {
        using var server = Start("--auth-user-script", "auth.py");
        Assert.Equal("500", Ask(server, "boom:x").Status);
        server.WaitForLog("the directory is down");
        Assert.Equal("500", Ask(server, "odd:x").Status);
        server.WaitForLog("check_password() returned 1; it must return True, False, None or a user's name");
        Assert.Equal("200", Ask(server, "alice:wonder").Status);
    }

    [Fact]
    public void What_a_script_cannot_mean_lets_nobody_in()
    {
        _directory.Write("auth.py", """
            def check_password(environ, user, password):
                return {'half': 'a\ud800', 'lines': 'a\r\nb', 'name': 'alice'}.get(user, True)

            def groups_for_user(environ, user):
                return {'alice': ['s'], 'letters': 's'}[user]
            """);
        using var server = Start("--auth-user-script", "auth.py", "--auth-group-script", "auth.py", "--auth-group", "s");
        Assert.Equal("200", Ask(server, "name:x").Status);
        foreach (var user in (string[])["half", "lines", "letters"])
        {
            Assert.Equal(("500 Internal Server Error", "500"), Ask(server, user + ":x"));
        }

        server.WaitForLog("groups_for_user() returned 's'; it must return a list of names");
    }

    [Fact]
    public void It_runs_in_a_process_of_its_own_and_is_asked_once_in_a_while()
    {
        using var server = Start("--auth-user-script", "auth.py", "--log-level", "info");
        Assert.Equal("200", Ask(server, "alice:wonder", "/first").Status);
        Assert.Equal("200", Ask(server, "alice:wonder", "/second").Status);
        Assert.Equal("401", Ask(server, "alice:no", "/third").Status);
        server.WaitForLog("/third False");
        Assert.DoesNotContain("/second", server.Errors, StringComparison.Ordinal);
        Assert.Equal(2, server.Workers().Count);
        Assert.Matches(@"worker 3 of access +\d+ +ready", server.Command("status").Output);
    }

    [Fact]
    public void It_is_asked_each_time_where_that_is_wanted()
    {
        using var server = Start("--auth-user-script", "auth.py", "--auth-cache-time", "0");
        Ask(server, "alice:wonder", "/first");
        Ask(server, "alice:wonder", "/second");
        server.WaitForLog("/second False");
        Assert.Contains("/first False", server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_script_counts_at_once_and_a_broken_one_lets_nobody_in()
    {
        using var server = Start("--auth-user-script", "auth.py", "--auth-cache-time", "0");
        Assert.Equal("200", Ask(server, "alice:wonder").Status);
        _directory.Write("auth.py", "def check_password(environ, user, password):\n    return password == 'new'\n");
        Assert.Equal("401", Ask(server, "alice:wonder").Status);
        Assert.Equal("200", Ask(server, "alice:new").Status);
        _directory.Write("auth.py", "def check_password(environ, user, password)\n");
        Assert.Equal("500", Ask(server, "alice:new").Status);
        server.WaitForLog("SyntaxError");
        _directory.Write("auth.py", Script);
        Assert.Equal("200", Ask(server, "alice:wonder").Status);
    }

    [Fact]
    public void A_file_of_htpasswd_goes_before_the_script_and_is_read_again_when_it_changes()
    {
        var apr1 = Tool.Succeed("openssl", "passwd", "-apr1", "secret").TrimEnd();
        var sha512 = Tool.Succeed("openssl", "passwd", "-6", "geheim").TrimEnd();
        _directory.Write("users", $"# ours\ncarol:{apr1}\nalice:{sha512}\n");
        using var server = Start("--auth-user-file", "users", "--auth-user-script", "auth.py");
        Assert.Equal("carol|Basic|None", Ask(server, "carol:secret").Body);
        Assert.Equal("carol|Basic|None", Ask(server, "carol:secret").Body);
        Assert.Equal("401", Ask(server, "carol:geheim").Status);
        Assert.Equal("200", Ask(server, "alice:geheim").Status);
        Assert.Equal("401", Ask(server, "alice:wonder").Status);
        Assert.Equal("robert|Basic|None", Ask(server, "bob:x").Body);
        _directory.Write("users", $"carol:{sha512}\n");
        Assert.Equal("401", Ask(server, "carol:secret").Status);
        Assert.Equal("200", Ask(server, "carol:geheim").Status);
        File.Delete(Path.Combine(_directory.Path, "users"));
        Assert.Equal("500", Ask(server, "carol:geheim").Status);
        server.WaitForLog("nobody is let in");
    }

    [Fact]
    public void A_file_alone_needs_no_other_worker()
    {
        _directory.Write("users", $"carol:{Tool.Succeed("openssl", "passwd", "-apr1", "secret").TrimEnd()}\n");
        using var server = Start("--auth-user-file", "users");
        Assert.Single(server.Workers());
        Assert.Equal("200", Ask(server, "carol:secret").Status);
        Assert.Equal("401", Ask(server, "alice:wonder").Status);
    }

    [Fact]
    public void Only_the_group_comes_in()
    {
        using var server = Start("--auth-user-script", "auth.py", "--auth-group-script", "auth.py", "--auth-group", "staff");
        Assert.Equal("200", Ask(server, "alice:wonder").Status);
        Assert.Equal("401", Ask(server, "bob:x").Status);
    }

    [Fact]
    public void Digest_proves_a_password_without_sending_it()
    {
        using var server = Start(
            "--auth-user-script", "auth.py", "--auth-type", "Digest", "--auth-group-script", "auth.py", "--auth-realm", "shop");
        Assert.Equal(("alice|Digest|None", "200"), Ask(server, "alice:wonder", "/a?b=c", "--digest"));
        Assert.Equal("401", Ask(server, "alice:no", "/", "--digest").Status);
        Assert.Equal("401", Ask(server, "bob:wonder", "/", "--digest").Status);
        Assert.Equal("401", Ask(server, "alice:wonder").Status);
    }

    [Fact]
    public void A_recorded_proof_is_good_once_and_its_browser_is_not_asked_again()
    {
        _directory.Write("app.py", """
            def application(environ, start_response):
                found = environ['PATH_INFO'] != '/nothing'
                start_response('200 OK' if found else '404 Not Found', [('Content-Type', 'text/plain')])
                return [environ['PATH_INFO'].encode()]
            """);
        using var server = Start(
            "--auth-user-script", "auth.py", "--auth-type", "Digest", "--auth-realm", "shop", "--error-document", "404", "/sorry",
            "--error-override");
        using var client = new Conversation(server.Port);
        var nonce = "";
        var challenge = Ask(null)["WWW-Authenticate"]!;
        nonce = challenge.Split("nonce=\"")[1].Split('"')[0];
        // In any order, as connections have it.
        Assert.Equal(200, Ask(2).Status);
        Assert.Equal(200, Ask(1).Status);
        foreach (var count in (int[])[2, 1])
        {
            var again = Ask(count);
            Assert.Equal(401, again.Status);
            Assert.EndsWith(", stale=true", again["WWW-Authenticate"], StringComparison.Ordinal);
            Assert.NotEqual(challenge, again["WWW-Authenticate"]);
        }

        // A page that the application makes is no second use.
        var page = Ask(3, "/nothing");
        Assert.Equal((404, "/sorry"), (page.Status, page.Text));
        Assert.Equal(200, Ask(4).Status);

        Reply Ask(int? count, string path = "/x")
        {
            var authorization = count is { } number ? $"Authorization: Digest {Prove($"{number:x8}", path)}\r\n" : "";
            return client.Send($"GET {path} HTTP/1.1\r\nHost: test\r\n{authorization}\r\n").Receive();
        }

        string Prove(string count, string path)
        {
            var response = Md5($"{Md5("alice:shop:wonder")}:{nonce}:{count}:c:auth:{Md5($"GET:{path}")}");
            return $"username=\"alice\", realm=\"shop\", nonce=\"{nonce}\", uri=\"{path}\", qop=auth, nc={count}, cnonce=\"c\", "
                + $"response=\"{response}\"";
        }

        static string Md5(string text) =>
            Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void Addresses_are_let_in_or_not_before_anybody_is_asked_who_it_is()
    {
        using var server = Start("--host-access-script", "auth.py", "--auth-user-script", "auth.py");
        Assert.Equal("403", Ask(server, "alice:wonder", "/closed").Status);
        Assert.Equal("401", Ask(server, null, "/open").Status);
        Assert.Equal("200", Ask(server, "alice:wonder", "/other").Status);
    }

    [Fact]
    public void An_answer_for_one_URL_is_none_for_another_that_reads_alike()
    {
        _directory.Write(
            "auth.py",
            "def allow_access(environ, host):\n    return not environ['PATH_INFO'].startswith('/internal/')\n");
        using var server = Start("--host-access-script", "auth.py");
        Assert.Equal("403", Ask(server, null, "/internal%2Fx").Status);
        Assert.Equal("200", Ask(server, null, "/internal%252Fx").Status);
        Assert.Equal("403", Ask(server, null, "/internal%2Fx").Status);
        Assert.Equal("200", Ask(server, null, "/other").Status);
        Assert.Equal("403", Ask(server, null, "/internal/x").Status);
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("OPTIONS")]
    public void Scripts_are_asked_whatever_the_method_is_and_told_which(string method)
    {
        _directory.Write(
            "auth.py",
            "def allow_access(environ, host):\n    return environ['REQUEST_METHOD'] == '" + method + "'\n" + Script.Split("def allow_access")[0]);
        using var server = Start("--host-access-script", "auth.py", "--auth-user-script", "auth.py", "--auth-cache-time", "0");
        string[] asked = method == "HEAD" ? ["-I"] : ["-X", method];
        Assert.EndsWith("200", Ask(server, "alice:wonder", "/", asked).Status, StringComparison.Ordinal);
        Assert.Equal("403", Ask(server, "alice:wonder").Status);
    }

    [Fact]
    public void A_password_that_is_too_long_for_anybody_is_wrong_at_once()
    {
        _directory.Write("users", $"carol:{Tool.Succeed("openssl", "passwd", "-apr1", "secret").TrimEnd()}\n");
        using var server = Start("--auth-user-file", "users");
        Assert.Equal("401", Ask(server, "carol:" + new string('x', 20_000)).Status);
        Assert.Equal("401", Ask(server, "nobody:secret").Status);
        Assert.Equal("200", Ask(server, "carol:secret").Status);
    }

    [Fact]
    public void Files_are_guarded_too()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Path, "public"));
        _directory.Write("public/a.txt", "a file");
        using var server = Start("--auth-user-script", "auth.py", "--document-root", "public");
        Assert.Equal("401", Ask(server, null, "/a.txt").Status);
        Assert.Equal(("a file", "200"), Ask(server, "alice:wonder", "/a.txt"));
    }

    [Fact]
    public void A_script_without_its_function_does_not_start()
    {
        _directory.Write("auth.py", "def checkpassword(environ, user, password): return True\n");
        using var server = ServerProcess.Launch(
            new ServerStart { Arguments = ["app.py", "--auth-user-script", _script], WorkingDirectory = _directory.Path });
        Assert.Equal(1, server.WaitForExit());
        server.WaitForOutput();
        Assert.Contains("has no function check_password or get_realm_hash", server.Errors, StringComparison.Ordinal);
        server.AssertNothingIsLeft();
    }

    [Fact]
    public void A_killed_worker_of_the_scripts_lets_nobody_in_until_there_is_another()
    {
        using var server = Start("--auth-user-script", "auth.py", "--auth-cache-time", "0");
        Assert.Equal("200", Ask(server, "alice:wonder").Status);
        server.WaitForLog("asked 1 ");
        var process = int.Parse(server.Errors.Split("asked 1 ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Signals.Send(process, Signals.Kill);
        Until.True(() => Ask(server, "alice:wonder").Status is var status && (status == "200" || !status.StartsWith('2')), "an answer");
        Until.True(() => Ask(server, "alice:wonder").Status == "200", "the scripts answer again");
        Assert.Equal("401", Ask(server, "alice:no").Status);
    }
}
