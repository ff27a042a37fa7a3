using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Wsgi;

public sealed class InputTests
{
    private static readonly byte[] Lines = "ab\ncd\nef"u8.ToArray();

    // What io.BytesIO gives. wsgiref.validate wants read to have one argument: those begin with "!" here.
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["!read"] = ["ab\ncd\nef"],
        ["!read,read,readline"] = ["ab\ncd\nef", "", ""],
        ["read:-1*3"] = ["ab\ncd\nef", "", ""],
        ["read:2*2,read:100,read:5"] = ["ab", "\nc", "d\nef", ""],
        ["read:0,read:1"] = ["", "a"],
        ["readline*5"] = ["ab\n", "cd\n", "ef", "", ""],
        ["readline:1*4"] = ["a", "b", "\n", "c"],
        ["readline:3,readline:2,readline:9,readline:9"] = ["ab\n", "cd", "\n", "ef"],
        ["readline:-1,readline:0"] = ["ab\n", ""],
        ["readlines,readlines"] = ["ab\n", "cd\n", "ef"],
        ["readlines:4,read:-1"] = ["ab\n", "cd\n", "ef"],
        ["readlines:100"] = ["ab\n", "cd\n", "ef"],
        ["iterate,iterate"] = ["ab\n", "cd\n", "ef"],
        ["next*4"] = ["ab\n", "cd\n", "ef", "<end>"],
        ["read:4,readline,iterate"] = ["ab\nc", "d\n", "ef"],
        ["next,read:1,readlines"] = ["ab\n", "c", "d\n", "ef"],
    };

    public static TheoryData<string, string> Reads => new MatrixTheoryData<string, string>(
        Servers.Interpreters, [.. Expected.Keys]);

    public static TheoryData<string, int> Sizes => new MatrixTheoryData<string, int>(
        Servers.Interpreters, [0, 1, 4095, 65536, 128 * 1024 - 1, 128 * 1024, 128 * 1024 + 1, 3_000_000]);

    [Theory]
    [MemberData(nameof(Reads))]
    public void Every_way_of_reading_gives_what_a_file_would(string python, string how)
    {
        foreach (var chunked in (bool[])[false, true])
        {
            foreach (var prefix in how[0] == '!' ? (string[])[""] : ["", "/validated"])
            {
                var reply = Servers.Post(python, $"{prefix}/input?how={how.TrimStart('!')}", Lines, chunked);
                Assert.Equal(200, reply.Status);
                Assert.Equal(Expected[how], JsonSerializer.Deserialize<string[]>(reply.Text));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_body_of_any_size_comes_back_as_it_was(string python, int size)
    {
        var body = new byte[size];
        new Random(size).NextBytes(body);
        foreach (var chunked in (bool[])[false, true])
        {
            var reply = Servers.Post(python, "/echo", body, chunked);
            Assert.Equal(200, reply.Status);
            Assert.Equal(body, reply.Body);
        }
    }

    [Fact]
    public void A_request_without_a_body_reads_as_empty() =>
        Assert.Equal("[\"\", \"\"]", Servers.Get(Pythons.Default!, "/input?how=read,readline").Text);

    [Fact]
    public void A_body_that_comes_slowly_is_complete()
    {
        using var conversation = Servers.Open(Pythons.Default!);
        conversation.SendByteByByte(Servers.PostBytes("/input?how=readlines", Lines, chunked: true));
        Assert.Equal("[\"ab\\n\", \"cd\\n\", \"ef\"]", conversation.Receive().Text);
    }

    [Fact]
    public void Chunk_extensions_and_trailers_are_passed_over()
    {
        using var conversation = Servers.Open(Pythons.Default!);
        conversation.Send(
            "POST /input?how=read HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "2;name=value\r\nab\r\n3;q=\"x\"\r\ncde\r\n0\r\nX-Trailer: 1\r\n\r\n"
            + "GET /hello HTTP/1.1\r\nHost: test\r\n\r\n");
        Assert.Equal("[\"abcde\"]", conversation.Receive().Text);
        Assert.Equal("hello\n", conversation.Receive().Text);
    }
}
