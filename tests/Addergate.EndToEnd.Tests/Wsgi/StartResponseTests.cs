using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Wsgi;

public sealed class StartResponseTests
{
    private static readonly string[] Wrong =
    [
        "status_bytes", "status_none", "status_number", "status_short", "status_long", "status_word", "status_empty",
        "status_no_space", "status_below_100", "status_lf", "status_cr", "status_nul", "status_control",
        "status_not_latin1", "status_padded_digits", "status_leading_space",
        "headers_tuple", "headers_none", "headers_iterator", "header_list", "header_short", "header_long",
        "header_string", "name_bytes", "name_none", "name_empty", "name_space", "name_colon", "name_lf", "name_cr",
        "name_nul", "name_not_ascii", "name_not_latin1", "value_bytes", "value_none", "value_number", "value_lf",
        "value_cr", "value_crlf", "value_folded", "value_nul", "value_control", "value_not_latin1",
        "hop_connection", "hop_keep_alive", "hop_transfer_encoding", "hop_te", "hop_trailer", "hop_trailers",
        "hop_upgrade", "hop_proxy_authenticate", "hop_proxy_authorization",
        "length_word", "length_negative", "length_plus", "length_empty", "length_twice", "length_huge",
        "twice", "no_arguments", "one_argument", "too_many",
    ];

    public static TheoryData<string, string> Refused =>
        new MatrixTheoryData<string, string>(Servers.Interpreters, Wrong);

    public static TheoryData<string> Interpreters => [.. Servers.Interpreters];

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_allowed_raises_and_never_reaches_the_client(string python, string wrong)
    {
        var reply = Servers.Get(python, "/start_response?case=" + wrong);
        Assert.Equal(200, reply.Status);
        Assert.Equal("refused " + wrong, reply.Text);
        Assert.NotNull(reply["X-Refused"]);
        Assert.Null(reply["X-Injected"]);
    }

    [Theory]
    [InlineData("exc_info_none")]
    [InlineData("tab_value")]
    [InlineData("empty_value")]
    [InlineData("no_reason")]
    public void What_is_allowed_passes(string allowed)
    {
        var reply = Servers.Get(Pythons.Default!, "/start_response?case=" + allowed);
        Assert.Equal(200, reply.Status);
        Assert.Equal("passed " + allowed, reply.Text);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void Status_and_headers_reach_the_client_as_given(string python)
    {
        Assert.Equal(
            "HTTP/1.1 299 Rather Fine", Servers.Get(python, "/start_response?case=unusual_status").StatusLine);
        Assert.Equal("\u00e4\u00f6", Servers.Get(python, "/start_response?case=latin1_value")["X-A"]);
        Assert.Equal("a=1|b=2; Path=/", Servers.Get(python, "/start_response?case=same_name_twice")["Set-Cookie"]);
        Assert.Equal("b\tc", Servers.Get(python, "/start_response?case=tab_value")["X-A"]);
        Assert.Equal("", Servers.Get(python, "/start_response?case=empty_value")["X-A"]);
    }

    [Fact]
    public void Date_and_Server_are_added_once_and_never_over_the_applications_own()
    {
        var plain = Servers.Get(Pythons.Default!, "/hello");
        Assert.Single(plain.Headers, static h => h.Name.Equals("Date", StringComparison.OrdinalIgnoreCase));

        var own = Servers.Get(Pythons.Default!, "/start_response?case=own_server_and_date");
        Assert.Equal("mine", own["Server"]);
        Assert.Equal("Thu, 01 Jan 1970 00:00:00 GMT", own["Date"]);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void With_exc_info_before_the_head_is_out_the_head_is_replaced(string python)
    {
        var reply = Servers.Get(python, "/exc_info?when=before&name=x");
        Assert.Equal("HTTP/1.1 500 Oops", reply.StatusLine);
        Assert.Equal("replaced", reply.Text);
        Assert.Null(reply["X-First"]);
        Assert.Equal("1", reply["X-Second"]);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void With_exc_info_after_the_head_is_out_the_exception_is_raised_again(string python)
    {
        var name = Servers.NewName();
        var reply = Servers.GetBroken(python, $"/exc_info?when=after&name={name}");
        Assert.True(reply is null or { Status: 200 });
        Assert.Equal(1, Servers.Count(python, name + ".reraised"));
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void It_may_be_called_in_the_first_step(string python)
    {
        Assert.Equal("one,two", Servers.Get(python, "/late_start").Text);
        Assert.Equal("one,two", Servers.Get(python, "/validated/late_start").Text);
    }

    [Theory]
    [InlineData("never")]
    [InlineData("never_empty")]
    public void An_application_that_never_calls_it_gives_500(string never) =>
        Assert.Equal(500, Servers.Get(Pythons.Default!, "/late_start?case=" + never).Status);

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void Write_comes_before_the_iterable(string python)
    {
        foreach (var prefix in (string[])["", "/validated"])
        {
            Assert.Equal("written,twice,then iterated", Servers.Get(python, prefix + "/write").Text);
            Assert.Equal("written", Servers.Get(python, prefix + "/write?case=only").Text);
        }
    }

    [Theory]
    [InlineData("str")]
    [InlineData("none")]
    [InlineData("number")]
    public void Write_takes_only_bytes(string wrong)
    {
        var reply = Servers.Get(Pythons.Default!, "/write?case=" + wrong);
        Assert.Equal(200, reply.Status);
        Assert.NotEqual("passed", reply.Text);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void What_is_written_is_sent_before_write_returns(string python)
    {
        var name = Servers.NewName();
        using var conversation = Servers.Open(python);
        conversation.Send($"GET /write?case=gated&name={name} HTTP/1.0\r\n\r\n").Receive(toHead: true);
        Assert.Equal("before", conversation.ReceiveText(6));
        Servers.OpenGate(python, name);
        Assert.Equal("after", conversation.ReceiveText(100));
    }
}
