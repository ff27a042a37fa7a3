using System.Text;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Wsgi;

public sealed class FileWrapperTests
{
    private const int Size = 100_000;

    private static readonly byte[] Content = Encoding.ASCII.GetBytes(
        string.Concat(Enumerable.Range(0, (Size + 7) / 8).Select(static n => $"{n:D8}")))[..Size];

    public static TheoryData<string, string> Kinds => new MatrixTheoryData<string, string>(
        Servers.Interpreters, ["file", "unbuffered", "bytesio", "only_read", "iterated"]);

    public static TheoryData<string> Interpreters => [.. Servers.Interpreters];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_rest_of_the_file_from_where_it_stands_is_sent(string python, string kind)
    {
        foreach (var skip in (int[])[0, 1, 99_999, Size])
        {
            foreach (var prefix in (string[])["", "/validated"])
            {
                var reply = Servers.Get(python, $"{prefix}/files?kind={kind}&skip={skip}");
                Assert.Equal(200, reply.Status);
                Assert.True(reply.IsWhole);
                Assert.Equal(Content[skip..], reply.Body);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Content_Length_is_honoured(string python, string kind)
    {
        using var conversation = Servers.Open(python);
        foreach (var length in (int[])[0, 1, 50_000, Size - 10])
        {
            conversation.Send($"GET /files?kind={kind}&skip=10&length={length} HTTP/1.1\r\nHost: test\r\n\r\n");
            var reply = conversation.Receive();
            Assert.Equal(Content[10..(10 + length)], reply.Body);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_that_is_too_short_resets_the_connection(string python, string kind)
    {
        using var conversation = Servers.Open(python);
        conversation.Send($"GET /files?kind={kind}&length={Size + 1} HTTP/1.1\r\nHost: test\r\n\r\n");
        Assert.False(conversation.Receive().IsWhole);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void A_pipe_is_read_to_its_end(string python) =>
        Assert.Equal(Content[..60_000], Servers.Get(python, "/files?kind=pipe").Body);

    [Theory]
    [InlineData("size=0")]
    [InlineData("size=0&kind=bytesio")]
    public void An_empty_file_is_an_empty_body(string query)
    {
        var reply = Servers.Get(Pythons.Default!, "/files?" + query);
        Assert.Equal(200, reply.Status);
        Assert.Empty(reply.Body);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void The_file_is_closed_once(string python)
    {
        foreach (var (method, more) in (ReadOnlySpan<(string, string)>)
            [("GET", ""), ("HEAD", ""), ("GET", "&length=10"), ("GET", "&length=1000000"), ("GET", "&kind=iterated")])
        {
            var name = Servers.NewName();
            Servers.Get(python, $"/files?name={name}{more}", method: method);
            Until.True(() => Servers.Count(python, name + ".close") > 0, "close()");
            Assert.Equal(1, Servers.Count(python, name + ".close"));
        }
    }

    [Fact]
    public void A_large_file_is_whole()
    {
        var reply = Servers.Get(Pythons.Default!, "/files?size=30000000");
        Assert.Equal(30_000_000, reply.Body.Length);
        Assert.Equal("03749999", Encoding.ASCII.GetString(reply.Body.AsSpan(reply.Body.Length - 8)));
    }

    [Fact]
    public void A_block_size_changes_nothing_that_the_client_sees() =>
        Assert.Equal(Content, Servers.Get(Pythons.Default!, "/files?block=100&kind=only_read").Body);
}
