using System.Text;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Wsgi;

public sealed class UnreadInputTests
{
    public static TheoryData<string, bool, int, int> Bodies => new MatrixTheoryData<string, bool, int, int>(
        Servers.Interpreters, [false, true], [100, 300_000], [0, 1, 50]);

    [Theory]
    [MemberData(nameof(Bodies))]
    public void What_the_application_leaves_is_not_taken_for_the_next_request(
        string python, bool chunked, int size, int read)
    {
        // A body that looks like requests, so that a slip would be answered.
        const string Line = "GET /hello/smuggled HTTP/1.1\r\nHost: test\r\n\r\n";
        var text = new StringBuilder();
        while (text.Length < size)
        {
            text.Append(Line);
        }

        var body = Encoding.ASCII.GetBytes(text.ToString(0, size));
        using var conversation = Servers.Open(python);
        conversation
            .Send(Servers.PostBytes($"/unread?bytes={read}", body, chunked))
            .Send("GET /hello HTTP/1.1\r\nHost: test\r\n\r\n");

        var first = conversation.Receive();
        Assert.Equal(200, first.Status);
        Assert.Equal($"read {read}", first.Text);
        Assert.Equal("hello\n", conversation.Receive().Text);
        Assert.Equal(0, Servers.Count(python, "requests/hello/smuggled"));
    }

    [Fact]
    public void Broken_framing_in_an_unread_body_is_still_refused()
    {
        using var conversation = Servers.Open(Pythons.Default!);
        conversation.Send(
            "POST /unread/broken HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n");
        Assert.Equal(400, conversation.Receive().Status);
        conversation.AssertClosed();
        Assert.Equal(0, Servers.Count(Pythons.Default!, "requests/unread/broken"));
    }
}
