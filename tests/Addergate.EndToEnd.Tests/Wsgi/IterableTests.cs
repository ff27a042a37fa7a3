using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Wsgi;

public sealed class IterableTests
{
    public static TheoryData<string, string> Whole => new MatrixTheoryData<string, string>(
        Servers.Interpreters,
        [
            "list", "list_of_one", "tuple", "tuple_of_one", "generator", "iterator", "map", "set_of_one",
            "old_sequence", "one_with_length", "with_empty_items", "generator_with_empty_items",
        ]);

    public static TheoryData<string, string> Empty => new MatrixTheoryData<string, string>(
        Servers.Interpreters, ["empty_list", "empty_tuple", "empty_generator", "list_of_nothing"]);

    public static TheoryData<string, string> Wrong => new MatrixTheoryData<string, string>(
        Servers.Interpreters,
        ["none", "number", "str", "list_of_str", "list_of_none", "list_of_bytearray", "list_of_memoryview"]);

    public static TheoryData<string> Interpreters => [.. Servers.Interpreters];

    [Theory]
    [MemberData(nameof(Whole))]
    public void Any_iterable_of_bytes_is_a_body(string python, string kind)
    {
        foreach (var prefix in (string[])["", "/validated"])
        {
            using var conversation = Servers.Open(python);
            var target = $"{prefix}/iterable?kind={kind}";
            var reply = conversation.Send($"GET {target} HTTP/1.1\r\nHost: test\r\n\r\n").Receive();
            Assert.Equal(200, reply.Status);
            Assert.True(reply.IsWhole);
            Assert.Equal("one,two,three", reply.Text);

            // The same connection again: framing was right.
            conversation.Send($"GET {target} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
            Assert.Equal("one,two,three", conversation.Receive().Text);
            conversation.AssertClosed();
        }
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void Http_1_0_gets_no_chunks(string python, string kind)
    {
        using var conversation = Servers.Open(python);
        var reply = conversation.Send($"GET /iterable?kind={kind} HTTP/1.0\r\n\r\n").Receive();
        Assert.Null(reply["Transfer-Encoding"]);
        Assert.Equal("one,two,three", reply.Text);
        conversation.AssertClosed();
    }

    [Theory]
    [MemberData(nameof(Empty))]
    public void An_empty_iterable_is_an_empty_body(string python, string kind)
    {
        var reply = Servers.Get(python, "/iterable?kind=" + kind);
        Assert.Equal(200, reply.Status);
        Assert.True(reply.IsWhole);
        Assert.Empty(reply.Body);
    }

    [Theory]
    [InlineData("list_of_one", "13")]
    [InlineData("tuple_of_one", "13")]
    [InlineData("empty_list", "0")]
    public void Content_Length_is_added_where_it_is_known(string kind, string length)
    {
        var reply = Servers.Get(Pythons.Default!, "/iterable?kind=" + kind);
        Assert.Equal(length, reply["Content-Length"]);
        Assert.Null(reply["Transfer-Encoding"]);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_not_bytes_gives_500_and_nothing_of_it(string python, string kind)
    {
        var reply = Servers.Get(python, "/iterable?kind=" + kind);
        Assert.Equal(500, reply.Status);
        Assert.True(reply.IsWhole);
        Assert.DoesNotContain("text", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void Each_item_is_sent_before_the_next_is_asked_for(string python)
    {
        foreach (var length in (string[])["", "&length=15"])
        {
            var name = Servers.NewName();
            using var conversation = Servers.Open(python);
            conversation.Send($"GET /steps?name={name}{length} HTTP/1.0\r\n\r\n").Receive(toHead: true);
            for (var number = 0; number < 3; number++)
            {
                Assert.Equal($"item{number}", conversation.ReceiveText(5));
                Servers.OpenGate(python, $"{name}{number}");
            }

            conversation.AssertClosed();
        }
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void Too_much_is_cut_and_the_connection_goes_on(string python)
    {
        using var conversation = Servers.Open(python);
        foreach (var piece in (int[])[1, 7, 100])
        {
            var target = $"/length?declared=10&sent=100&piece={piece}";
            var reply = conversation.Send($"GET {target} HTTP/1.1\r\nHost: test\r\n\r\n").Receive();
            Assert.Equal(200, reply.Status);
            Assert.Equal(new string('x', 10), reply.Text);
        }

        Assert.Equal("hello\n", conversation.Send("GET /hello HTTP/1.1\r\nHost: test\r\n\r\n").Receive().Text);
        Servers.For(python).WaitForLog("Content-Length");
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void Too_little_resets_the_connection(string python)
    {
        foreach (var version in (string[])["1.0", "1.1"])
        {
            Servers.GetBroken(python, "/length?declared=100&sent=10", version);
        }
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void The_declared_length_in_many_pieces_is_whole(string python)
    {
        var reply = Servers.Get(python, "/validated/length?declared=1000&sent=1000&piece=7");
        Assert.True(reply.IsWhole);
        Assert.Equal(1000, reply.Body.Length);
    }
}
