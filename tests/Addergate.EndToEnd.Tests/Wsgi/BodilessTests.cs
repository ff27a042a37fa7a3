using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Wsgi;

public sealed class BodilessTests
{
    public static TheoryData<string, string, string, string> Cases =>
        new MatrixTheoryData<string, string, string, string>(
            Servers.Interpreters, ["GET", "HEAD"], ["204", "304"], ["", "&kind=generator", "&length=4"]);

    public static TheoryData<string> Interpreters => [.. Servers.Interpreters];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_status_without_a_body_has_none_whatever_the_application_yields(
        string python, string method, string status, string more)
    {
        using var conversation = Servers.Open(python);
        conversation.Send($"{method} /bodiless?status={status}&etag=e{more} HTTP/1.1\r\nHost: test\r\n\r\n");
        var reply = conversation.Receive(toHead: true);
        Assert.Equal(status, reply.StatusLine.Substring(9, 3));
        Assert.Equal("\"e\"", reply["ETag"]);
        Assert.Null(reply["Transfer-Encoding"]);
        if (status == "204")
        {
            Assert.Null(reply["Content-Length"]);
        }

        Assert.Equal("hello\n", conversation.Send("GET /hello HTTP/1.1\r\nHost: test\r\n\r\n").Receive().Text);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void HEAD_has_the_head_of_GET_and_no_body(string python)
    {
        using var conversation = Servers.Open(python);
        foreach (var more in (string[])["", "&length=4", "&kind=generator"])
        {
            conversation.Send($"HEAD /bodiless?status=200{more} HTTP/1.1\r\nHost: test\r\n\r\n");
            var reply = conversation.Receive(toHead: true);
            Assert.Equal(200, reply.Status);
            if (more != "&kind=generator")
            {
                Assert.Equal("4", reply["Content-Length"]);
            }
        }

        Assert.Equal("hello\n", conversation.Send("GET /hello HTTP/1.1\r\nHost: test\r\n\r\n").Receive().Text);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void The_application_is_asked_all_the_same(string python)
    {
        var name = Servers.NewName();
        Servers.Get(python, $"/bodiless?status=200&name={name}", method: "HEAD");
        Until.True(() => Servers.Count(python, name + ".close") == 1, "close()");
    }
}
