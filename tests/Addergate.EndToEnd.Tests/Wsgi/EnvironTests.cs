using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Wsgi;

public sealed class EnvironTests
{
    public static TheoryData<string> Interpreters => [.. Servers.Interpreters];

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void It_is_a_plain_dict_of_native_strings(string python)
    {
        var environ = Ask(python, "/environ");
        Assert.Empty(environ.GetProperty("problems").EnumerateArray());
        foreach (var entry in environ.GetProperty("types").EnumerateObject())
        {
            if (!entry.Name.Contains('.', StringComparison.Ordinal))
            {
                Assert.Equal("str", entry.Value.GetString());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void The_target_is_there_decoded_once_and_raw(string python)
    {
        const string Target = "/environ/a%20b%2Fc%C3%A9//d%2541/x%ff?q=%20+&r=%2f";
        var strings = Strings(Ask(python, Target));
        Assert.Equal("", strings["SCRIPT_NAME"]);
        Assert.Equal("/environ/a b/c\u00c3\u00a9//d%41/x\u00ff", strings["PATH_INFO"]);
        Assert.Equal("q=%20+&r=%2f", strings["QUERY_STRING"]);
        Assert.Equal(Target, strings["REQUEST_URI"]);
        Assert.Equal(Target, strings["RAW_URI"]);
        Assert.Equal("", Strings(Ask(python, "/environ"))["QUERY_STRING"]);
    }

    [Theory]
    [InlineData("/environ/../environ/x", "/environ/x")]
    [InlineData("/../../environ", "/environ")]
    [InlineData("/environ/./x/..", "/environ/")]
    [InlineData("/%2e%2e/environ/x", "/environ/x")]
    [InlineData("/environ//", "/environ//")]
    [InlineData("/environ///x", "/environ///x")]
    public void Dots_are_resolved_as_Apache_does_and_slashes_stay(string target, string path)
    {
        var strings = Strings(Ask(Pythons.Default!, target));
        Assert.Equal(path, strings["PATH_INFO"]);
        Assert.Equal(target, strings["REQUEST_URI"]);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void Headers_are_joined_and_dangerous_ones_dropped(string python)
    {
        var strings = Strings(Ask(
            python,
            "/environ",
            "X-Thing: one\r\nx-thing: two\r\nCookie: a=1\r\nCookie: b=2\r\nX-Latin: \u00e9\u00ff\r\nUser-Agent: t\r\n"
            + "Proxy: evil\r\nX_Thing: evil\r\nX.Dotted: evil\r\nX-Empty:\r\nX-Padded:  \t padded \t \r\n"));
        Assert.Equal("one, two", strings["HTTP_X_THING"]);
        Assert.Equal("a=1; b=2", strings["HTTP_COOKIE"]);
        Assert.Equal("\u00e9\u00ff", strings["HTTP_X_LATIN"]);
        Assert.Equal("t", strings["HTTP_USER_AGENT"]);
        Assert.Equal("test", strings["HTTP_HOST"]);
        Assert.Equal("", strings["HTTP_X_EMPTY"]);
        Assert.Equal("padded", strings["HTTP_X_PADDED"]);
        Assert.False(strings.ContainsKey("HTTP_PROXY"));
        Assert.DoesNotContain("evil", strings.Values);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void The_server_and_the_client_are_named(string python)
    {
        var strings = Strings(Ask(python, "/environ"));
        Assert.Equal("GET", strings["REQUEST_METHOD"]);
        Assert.Equal("HTTP/1.1", strings["SERVER_PROTOCOL"]);
        Assert.StartsWith("Addergate/", strings["SERVER_SOFTWARE"], StringComparison.Ordinal);
        Assert.NotEmpty(strings["SERVER_NAME"]);
        Assert.True(int.TryParse(strings["SERVER_PORT"], out _), strings["SERVER_PORT"]);
        Assert.Equal("127.0.0.1", strings["REMOTE_ADDR"]);
        Assert.True(int.TryParse(strings["REMOTE_PORT"], out _), strings["REMOTE_PORT"]);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void The_wsgi_keys_tell_the_truth(string python)
    {
        var others = Ask(python, "/environ").GetProperty("others");
        Assert.Equal([1, 0], others.GetProperty("wsgi.version").EnumerateArray().Select(static v => v.GetInt32()));
        Assert.True(others.GetProperty("wsgi.multithread").GetBoolean());
        Assert.False(others.GetProperty("wsgi.multiprocess").GetBoolean());
        Assert.False(others.GetProperty("wsgi.run_once").GetBoolean());
        Assert.True(others.GetProperty("wsgi.input_terminated").GetBoolean());
        Assert.True(others.TryGetProperty("wsgi.file_wrapper", out _));
        Assert.True(others.TryGetProperty("wsgi.errors", out _));
        Assert.True(others.TryGetProperty("wsgi.input", out _));
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void The_mod_wsgi_keys_that_make_sense_are_there(string python)
    {
        var environ = Ask(python, "/environ");
        var types = environ.GetProperty("types").EnumerateObject()
            .ToDictionary(static p => p.Name, static p => p.Value.GetString());
        foreach (var key in (string[])["process_group", "application_group", "callable_object", "request_id"])
        {
            Assert.Equal("str", types["mod_wsgi." + key]);
        }

        foreach (var key in (string[])["request_start", "queue_start"])
        {
            Assert.Equal("float", types["mod_wsgi." + key]);
        }
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void A_body_has_its_length_however_it_was_framed(string python)
    {
        var sized = Strings(Parse(Servers.Post(python, "/environ", "12345"u8.ToArray(), false, "Content-Type: a/b\r\n")));
        Assert.Equal("5", sized["CONTENT_LENGTH"]);
        Assert.Equal("a/b", sized["CONTENT_TYPE"]);
        Assert.False(sized.ContainsKey("HTTP_CONTENT_LENGTH"));
        Assert.False(sized.ContainsKey("HTTP_CONTENT_TYPE"));

        var chunked = Strings(Parse(Servers.Post(python, "/environ", "12345"u8.ToArray(), chunked: true)));
        Assert.Equal("5", chunked["CONTENT_LENGTH"]);
        Assert.False(chunked.ContainsKey("HTTP_TRANSFER_ENCODING"));
    }

    [Theory]
    [InlineData("PROPFIND")]
    [InlineData("get")]
    [InlineData("M-SEARCH")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public void The_method_is_what_was_sent(string method) => Assert.Equal(
        method, Strings(Parse(Servers.Get(Pythons.Default!, "/environ", method: method)))["REQUEST_METHOD"]);

    [Fact]
    public void An_absolute_target_gives_its_path_and_its_host()
    {
        using var conversation = Servers.Open(Pythons.Default!);
        conversation.Send("GET http://example.org:8080/environ/x?y HTTP/1.1\r\nHost: example.org:8080\r\n\r\n");
        var strings = Strings(Parse(conversation.Receive()));
        Assert.Equal("/environ/x", strings["PATH_INFO"]);
        Assert.Equal("y", strings["QUERY_STRING"]);
        Assert.Equal("example.org:8080", strings["HTTP_HOST"]);
    }

    [Fact]
    public void The_host_of_an_absolute_target_wins_over_the_header()
    {
        using var conversation = Servers.Open(Pythons.Default!);
        conversation.Send("GET http://example.org:8080/environ HTTP/1.1\r\nHost: other\r\n\r\n");
        var reply = conversation.Receive();
        Assert.True(
            reply.Status == 400 || Strings(Parse(reply))["HTTP_HOST"] == "example.org:8080", reply.Text);
    }

    [Fact]
    public void Http_1_0_is_named_as_such()
    {
        using var conversation = Servers.Open(Pythons.Default!);
        conversation.Send("GET /environ HTTP/1.0\r\n\r\n");
        var strings = Strings(Parse(conversation.Receive()));
        Assert.Equal("HTTP/1.0", strings["SERVER_PROTOCOL"]);
        Assert.False(strings.ContainsKey("HTTP_HOST"));
        Assert.NotEmpty(strings["SERVER_NAME"]);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void The_validator_accepts_it(string python) =>
        Assert.Equal(200, Servers.Get(python, "/validated/environ?a=b", "Cookie: x\r\n").Status);

    private static JsonElement Ask(string python, string target, string headers = "") =>
        Parse(Servers.Get(python, target, headers));

    private static JsonElement Parse(Reply reply)
    {
        Assert.Equal(200, reply.Status);
        return JsonDocument.Parse(reply.Body).RootElement;
    }

    private static Dictionary<string, string> Strings(JsonElement environ) =>
        environ.GetProperty("strings").EnumerateObject()
            .ToDictionary(static p => p.Name, static p => p.Value.GetString()!);
}
