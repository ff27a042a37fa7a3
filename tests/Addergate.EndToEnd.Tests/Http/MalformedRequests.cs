namespace Addergate.EndToEnd.Tests.Http;

/// <summary>
/// Requests that a strict server refuses, by the class of mistake. Each is followed by a request that would be answered
/// if the server and something in front of it could disagree about where the first one ends. Latin-1.
/// </summary>
internal static class MalformedRequests
{
    private const string Host = "Host: test\r\n";
    private const string Chunked = "Transfer-Encoding: chunked\r\n";
    private const string Post = "POST /hello HTTP/1.1\r\n" + Host;
    private const string Get = "GET /hello HTTP/1.1\r\n";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        // Two ways to tell where the body ends.
        ["length and chunked"] = Post + "Content-Length: 5\r\n" + Chunked + "\r\n0\r\n\r\n",
        ["chunked and length"] = Post + Chunked + "Content-Length: 5\r\n\r\n0\r\n\r\n",
        ["two lengths"] = Post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        ["the same length twice"] = Post + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nab",
        ["list of lengths"] = Post + "Content-Length: 2, 2\r\n\r\nab",

        // Lengths that only a lenient parser reads.
        ["length with plus"] = Post + "Content-Length: +5\r\n\r\nabcde",
        ["length minus zero"] = Post + "Content-Length: -0\r\n\r\n",
        ["length negative"] = Post + "Content-Length: -5\r\n\r\nabcde",
        ["length hexadecimal"] = Post + "Content-Length: 0x5\r\n\r\nabcde",
        ["length with underscore"] = Post + "Content-Length: 1_0\r\n\r\nabcdefghij",
        ["length with space inside"] = Post + "Content-Length: 1 0\r\n\r\nabcdefghij",
        ["length a word"] = Post + "Content-Length: five\r\n\r\nabcde",
        ["length empty"] = Post + "Content-Length:\r\n\r\n",
        ["length with fraction"] = Post + "Content-Length: 5.0\r\n\r\nabcde",
        ["length too large for 64 bits"] = Post + "Content-Length: 99999999999999999999\r\n\r\nabcde",
        ["length that wraps around"] = Post + "Content-Length: 18446744073709551621\r\n\r\nabcde",
        ["length in other digits"] = Post + "Content-Length: \u00b2\r\n\r\nab",

        // Transfer-Encoding.
        ["encoding unknown"] = Post + "Transfer-Encoding: gzip\r\n\r\n",
        ["encoding list"] = Post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        ["encoding list reversed"] = Post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        ["encoding twice"] = Post + Chunked + Chunked + "\r\n0\r\n\r\n",
        ["encoding in two headers"] = Post + "Transfer-Encoding: identity\r\n" + Chunked + "\r\n0\r\n\r\n",
        ["encoding empty"] = Post + "Transfer-Encoding:\r\n\r\n0\r\n\r\n",
        ["encoding with a comma"] = Post + "Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n",
        ["encoding with vertical tab"] = Post + "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n",
        ["encoding quoted"] = Post + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        ["encoding with parameter"] = Post + "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n",
        ["encoding with no-break space"] = Post + "Transfer-Encoding: chunked\u00a0\r\n\r\n0\r\n\r\n",
        ["encoding in HTTP/1.0"] = "POST /hello HTTP/1.0\r\n" + Chunked + "Content-Length: 5\r\n\r\n0\r\n\r\n",

        // Chunks.
        ["chunk size with plus"] = Post + Chunked + "\r\n+3\r\nabc\r\n0\r\n\r\n",
        ["chunk size with minus"] = Post + Chunked + "\r\n-3\r\nabc\r\n0\r\n\r\n",
        ["chunk size with 0x"] = Post + Chunked + "\r\n0x3\r\nabc\r\n0\r\n\r\n",
        ["chunk size with underscore"] = Post + Chunked + "\r\n0_3\r\nabc\r\n0\r\n\r\n",
        ["chunk size with space before"] = Post + Chunked + "\r\n 3\r\nabc\r\n0\r\n\r\n",
        ["chunk size empty"] = Post + Chunked + "\r\n\r\nabc\r\n0\r\n\r\n",
        ["chunk size not hexadecimal"] = Post + Chunked + "\r\ng\r\nabc\r\n0\r\n\r\n",
        ["chunk size too large"] = Post + Chunked + "\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n",
        ["chunk size that wraps around"] = Post + Chunked + "\r\n10000000000000003\r\nabc\r\n0\r\n\r\n",
        ["chunk longer than its size"] = Post + Chunked + "\r\n3\r\nabcd\r\n0\r\n\r\n",
        ["chunk shorter than its size"] = Post + Chunked + "\r\n5\r\nabc\r\n0\r\n\r\n",
        ["chunk ended by LF"] = Post + Chunked + "\r\n3\r\nabc\n0\r\n\r\n",
        ["chunk ended by CR"] = Post + Chunked + "\r\n3\r\nabc\r0\r\n\r\n",
        ["chunk size ended by LF"] = Post + Chunked + "\r\n3\nabc\r\n0\r\n\r\n",
        ["chunk size ended by CR"] = Post + Chunked + "\r\n3\rabc\r\n0\r\n\r\n",
        ["last chunk ended by LF"] = Post + Chunked + "\r\n3\r\nabc\r\n0\n\r\n",
        ["extension with LF"] = Post + Chunked + "\r\n3;a\nb\r\nabc\r\n0\r\n\r\n",
        ["extension with CR"] = Post + Chunked + "\r\n3;a\rb\r\nabc\r\n0\r\n\r\n",
        ["extension with NUL"] = Post + Chunked + "\r\n3;a\0b\r\nabc\r\n0\r\n\r\n",
        ["extension ended by LF"] = Post + Chunked + "\r\n3;a=b\nabc\r\n0\r\n\r\n",
        ["extension of the last chunk with LF"] = Post + Chunked + "\r\n3\r\nabc\r\n0;a\nb\r\n\r\n",
        ["trailer with LF"] = Post + Chunked + "\r\n0\r\nX-T: a\n\r\n",
        ["trailer with CR"] = Post + Chunked + "\r\n0\r\nX-T: a\rb\r\n\r\n",
        ["trailer with NUL"] = Post + Chunked + "\r\n0\r\nX-T: a\0b\r\n\r\n",
        ["trailer without colon"] = Post + Chunked + "\r\n0\r\nX-T\r\n\r\n",
        ["trailer with space before colon"] = Post + Chunked + "\r\n0\r\nX-T : a\r\n\r\n",
        ["trailer folded"] = Post + Chunked + "\r\n0\r\nX-T: a\r\n b\r\n\r\n",

        // Line ends and control characters.
        ["request line ended by LF"] = "GET /hello HTTP/1.1\n" + Host + "\r\n",
        ["request line ended by CR"] = "GET /hello HTTP/1.1\r" + Host + "\r\n",
        ["header ended by LF"] = Get + "Host: test\nX-A: b\r\n\r\n",
        ["header ended by CR"] = Get + "Host: test\rX-A: b\r\n\r\n",
        ["head ended by LF"] = Get + "Host: test\r\n\n",
        ["CR in value"] = Get + Host + "X-A: b\rc\r\n\r\n",
        ["NUL in value"] = Get + Host + "X-A: b\0c\r\n\r\n",
        ["control character in value"] = Get + Host + "X-A: b\u0001c\r\n\r\n",
        ["DEL in value"] = Get + Host + "X-A: b\u007fc\r\n\r\n",
        ["NUL in name"] = Get + Host + "X-\0A: b\r\n\r\n",
        ["NUL in target"] = "GET /hello\0 HTTP/1.1\r\n" + Host + "\r\n",
        ["CR in target"] = "GET /hel\rlo HTTP/1.1\r\n" + Host + "\r\n",

        // Header names.
        ["space before colon"] = Get + Host + "X-A : b\r\n\r\n",
        ["tab before colon"] = Get + Host + "X-A\t: b\r\n\r\n",
        ["space in name"] = Get + Host + "X A: b\r\n\r\n",
        ["space before name"] = Get + Host + " X-A: b\r\n\r\n",
        ["first header folded"] = Get + " " + Host + "\r\n",
        ["no colon"] = Get + Host + "X-A\r\n\r\n",
        ["empty name"] = Get + Host + ": b\r\n\r\n",
        ["square bracket in name"] = Get + Host + "X[A]: b\r\n\r\n",
        ["parenthesis in name"] = Get + Host + "X(A): b\r\n\r\n",
        ["brace in name"] = Get + Host + "X{A}: b\r\n\r\n",
        ["slash in name"] = Get + Host + "X/A: b\r\n\r\n",
        ["comma in name"] = Get + Host + "X,A: b\r\n\r\n",
        ["at sign in name"] = Get + Host + "X@A: b\r\n\r\n",
        ["quote in name"] = Get + Host + "X\"A: b\r\n\r\n",
        ["equals in name"] = Get + Host + "X=A: b\r\n\r\n",
        ["high byte in name"] = Get + Host + "X-\u00e9: b\r\n\r\n",
        ["folded header"] = Get + Host + "X-A: b\r\n c\r\n\r\n",
        ["folded by tab"] = Get + Host + "X-A: b\r\n\tc\r\n\r\n",
        ["folded length"] = Post + "Content-Length:\r\n 5\r\n\r\nabcde",
        ["length with space before colon"] = Post + "Content-Length : 5\r\n\r\nabcde",
        ["encoding with space before colon"] = Post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",

        // What there may be only one of.
        ["no host"] = Get + "\r\n",
        ["two hosts"] = Get + Host + "Host: other\r\n\r\n",
        ["the same host twice"] = Get + Host + Host + "\r\n",
        ["host with path"] = Get + "Host: test/path\r\n\r\n",
        ["host with user"] = Get + "Host: user@test\r\n\r\n",
        ["host with space"] = Get + "Host: te st\r\n\r\n",
        ["host with comma"] = Get + "Host: test, other\r\n\r\n",
        ["host with bad port"] = Get + "Host: test:http\r\n\r\n",
        ["two content types"] = Post + "Content-Type: a/b\r\nContent-Type: c/d\r\nContent-Length: 1\r\n\r\na",

        // Request lines.
        ["no method"] = " /hello HTTP/1.1\r\n" + Host + "\r\n",
        ["bracket in method"] = "G[ET /hello HTTP/1.1\r\n" + Host + "\r\n",
        ["no version"] = "GET /hello\r\n" + Host + "\r\n",
        ["two spaces"] = "GET  /hello HTTP/1.1\r\n" + Host + "\r\n",
        ["space in target"] = "GET /hel lo HTTP/1.1\r\n" + Host + "\r\n",
        ["tab instead of space"] = "GET\t/hello\tHTTP/1.1\r\n" + Host + "\r\n",
        ["space after version"] = "GET /hello HTTP/1.1 \r\n" + Host + "\r\n",
        ["lower-case version"] = "GET /hello http/1.1\r\n" + Host + "\r\n",
        ["version 1.2"] = "GET /hello HTTP/1.2\r\n" + Host + "\r\n",
        ["version 9.9"] = "GET /hello HTTP/9.9\r\n" + Host + "\r\n",
        ["version with letters"] = "GET /hello HTTP/1.x\r\n" + Host + "\r\n",
        ["version with two digits"] = "GET /hello HTTP/1.10\r\n" + Host + "\r\n",
        ["relative target"] = "GET hello HTTP/1.1\r\n" + Host + "\r\n",
        ["authority target without CONNECT"] = "GET test:80 HTTP/1.1\r\n" + Host + "\r\n",
        ["asterisk target without OPTIONS"] = "GET * HTTP/1.1\r\n" + Host + "\r\n",
        ["CONNECT with a path"] = "CONNECT /hello HTTP/1.1\r\n" + Host + "\r\n",
        ["high byte in target"] = "GET /hello\u00e9 HTTP/1.1\r\n" + Host + "\r\n",
        ["HTTP/2 preface on a plain port"] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        ["not HTTP at all"] = "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n",
    };

    /// <summary>Too long to be tried at every offset.</summary>
    public static IReadOnlyDictionary<string, string> Oversize { get; } = new Dictionary<string, string>
    {
        ["long target"] = "GET /hello" + new string('a', 40_000) + " HTTP/1.1\r\n" + Host + "\r\n",
        ["long method"] = new string('A', 40_000) + " /hello HTTP/1.1\r\n" + Host + "\r\n",
        ["long value"] = Get + Host + "X-A: " + new string('a', 80_000) + "\r\n\r\n",
        ["long name"] = Get + Host + new string('a', 80_000) + ": b\r\n\r\n",
        ["many headers"] = Get + Host
            + string.Concat(Enumerable.Range(0, 2000).Select(static n => $"X-{n}: b\r\n")) + "\r\n",
        ["endless chunk extension"] = Post + Chunked + "\r\n3;" + new string('a', 200_000) + "\r\nabc\r\n0\r\n\r\n",
        ["many trailers"] = Post + Chunked + "\r\n0\r\n"
            + string.Concat(Enumerable.Range(0, 5000).Select(static n => $"X-{n}: b\r\n")) + "\r\n",
    };
}
