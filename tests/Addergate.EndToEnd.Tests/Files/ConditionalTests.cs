using System.Globalization;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Files;

public sealed class ConditionalTests(StaticSite site) : IClassFixture<StaticSite>
{
    private const string Modified = "Fri, 02 Jan 2026 03:04:05 GMT";
    private const string Earlier = "Fri, 02 Jan 2026 03:04:04 GMT";
    private const string Later = "Fri, 02 Jan 2026 03:04:06 GMT";

    private string Tag => site.Get("/static/hello.txt")["ETag"]!;

    [Theory]
    [InlineData("If-None-Match: {tag}", 304)]
    [InlineData("If-None-Match: W/{tag}", 304)]
    [InlineData("If-None-Match: \"a\", {tag}", 304)]
    [InlineData("If-None-Match: \"a\"\r\nIf-None-Match: {tag}", 304)]
    [InlineData("If-None-Match: *", 304)]
    [InlineData("If-None-Match: \"a\"", 200)]
    [InlineData("If-None-Match: nonsense", 200)]
    [InlineData("If-Match: {tag}", 200)]
    [InlineData("If-Match: *", 200)]
    [InlineData("If-Match: \"a\", {tag}", 200)]
    [InlineData("If-Match: W/{tag}", 412)]
    [InlineData("If-Match: \"a\"", 412)]
    [InlineData("If-Modified-Since: " + Modified, 304)]
    [InlineData("If-Modified-Since: " + Later, 304)]
    [InlineData("If-Modified-Since: " + Earlier, 200)]
    [InlineData("If-Modified-Since: yesterday", 200)]
    [InlineData("If-Modified-Since: Friday, 02-Jan-26 03:04:05 GMT", 304)]
    [InlineData("If-Unmodified-Since: " + Modified, 200)]
    [InlineData("If-Unmodified-Since: " + Earlier, 412)]
    [InlineData("If-None-Match: \"a\"\r\nIf-Modified-Since: " + Later, 200)]
    [InlineData("If-None-Match: {tag}\r\nIf-Modified-Since: " + Earlier, 304)]
    [InlineData("If-Match: {tag}\r\nIf-Unmodified-Since: " + Earlier, 200)]
    [InlineData("If-Match: {tag}\r\nIf-None-Match: {tag}", 304)]
    public void Conditions_are_met_as_RFC_9110_says(string condition, int status)
    {
        foreach (var method in (string[])["GET", "HEAD"])
        {
            var reply = Get(condition, method);
            Assert.Equal(status, reply.Status);
            Assert.Equal(Tag, reply["ETag"]);
            Assert.Equal(status == 200 ? "17" : status == 412 ? "0" : null, reply["Content-Length"]);
            Assert.Equal(status == 200 && method == "GET" ? "hello from static" : "", reply.Text);
        }
    }

    [Theory]
    [InlineData("bytes=0-4", 206, "bytes 0-4/17", "hello")]
    [InlineData("bytes=6-", 206, "bytes 6-16/17", "from static")]
    [InlineData("bytes=-6", 206, "bytes 11-16/17", "static")]
    [InlineData("bytes=-99", 206, "bytes 0-16/17", "hello from static")]
    [InlineData("bytes=16-99", 206, "bytes 16-16/17", "c")]
    [InlineData("BYTES=0-0", 206, "bytes 0-0/17", "h")]
    [InlineData("bytes=0-4,99-", 206, "bytes 0-4/17", "hello")]
    [InlineData("bytes=17-", 416, "bytes */17", "")]
    [InlineData("bytes=99-100,200-", 416, "bytes */17", "")]
    [InlineData("bytes=-0", 416, "bytes */17", "")]
    [InlineData("bytes=4-0", 200, null, "hello from static")]
    [InlineData("bytes=a-b", 200, null, "hello from static")]
    [InlineData("bytes=", 200, null, "hello from static")]
    [InlineData("lines=0-4", 200, null, "hello from static")]
    [InlineData("bytes=0-16,0-16", 200, null, "hello from static")]
    [InlineData("bytes=0-,0-,0-,0-,0-,0-", 200, null, "hello from static")]
    [InlineData("bytes=0-99999999999999999999999", 200, null, "hello from static")]
    public void A_part_is_sent(string range, int status, string? contentRange, string body)
    {
        var reply = Get("Range: " + range);
        Assert.Equal(status, reply.Status);
        Assert.Equal(contentRange, reply["Content-Range"]);
        Assert.Equal(body, reply.Text);
        Assert.Equal(body.Length.ToString(CultureInfo.InvariantCulture), reply["Content-Length"]);
        Assert.Equal("bytes", reply["Accept-Ranges"]);
    }

    [Fact]
    public void Several_parts_come_as_one_body_with_headers_between_them()
    {
        var reply = Get("Range: bytes=6-9,0-4,-6");
        Assert.Equal(206, reply.Status);
        Assert.Null(reply["Content-Range"]);
        const string Type = "multipart/byteranges; boundary=";
        Assert.StartsWith(Type, reply["Content-Type"], StringComparison.Ordinal);
        var boundary = reply["Content-Type"]![Type.Length..];
        string[] parts = ["6-9/17|from", "0-4/17|hello", "11-16/17|static"];
        Assert.Equal(
            string.Concat(parts.Select((part, index) =>
                $"{(index == 0 ? "" : "\r\n")}--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes "
                + part.Replace("|", "\r\n\r\n", StringComparison.Ordinal))) + $"\r\n--{boundary}--\r\n",
            reply.Text);
    }

    [Fact]
    public void Large_parts_are_exact()
    {
        var reply = site.Get("/static/digits.bin", "Range: bytes=1-200000,250000-299998\r\n");
        var body = reply.Text;
        Assert.Contains(System.Text.Encoding.ASCII.GetString(StaticSite.Digits[1..200001]), body, StringComparison.Ordinal);
        Assert.Contains(System.Text.Encoding.ASCII.GetString(StaticSite.Digits[250000..299999]), body, StringComparison.Ordinal);
        Assert.Equal(
            StaticSite.Digits[70000..170001],
            site.Get("/static/digits.bin", "Range: bytes=70000-170000\r\n").Body);
    }

    [Theory]
    [InlineData("{tag}", 206)]
    [InlineData("W/{tag}", 200)]
    [InlineData("\"a\"", 200)]
    [InlineData(Modified, 206)]
    [InlineData(Later, 200)]
    [InlineData(Earlier, 200)]
    [InlineData("nonsense", 200)]
    public void If_Range_sends_the_part_only_of_the_same_file(string condition, int status) =>
        Assert.Equal(status, Get($"If-Range: {condition}\r\nRange: bytes=0-4").Status);

    [Fact]
    public void A_Range_means_nothing_for_HEAD_and_for_an_empty_file()
    {
        Assert.Equal(200, Get("Range: bytes=0-4", "HEAD").Status);
        Assert.Equal(200, site.Get("/static/empty.txt", "Range: bytes=0-\r\n").Status);
    }

    [Fact]
    public void A_condition_goes_before_a_Range()
    {
        Assert.Equal(304, Get("If-None-Match: {tag}\r\nRange: bytes=99-").Status);
        Assert.Equal(412, Get("If-Match: \"a\"\r\nRange: bytes=0-4").Status);
    }

    [Fact]
    public void A_file_that_was_just_written_vouches_weakly_and_never_for_parts()
    {
        var path = site.Write("static/fresh.txt", "fresh");
        // Half an hour ahead, so that the test may take its time.
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(30));
        var reply = site.Get("/static/fresh.txt");
        Assert.StartsWith("W/\"", reply["ETag"], StringComparison.Ordinal);
        Assert.Equal(304, site.Get("/static/fresh.txt", $"If-None-Match: {reply["ETag"]}\r\n").Status);
        Assert.Equal(412, site.Get("/static/fresh.txt", $"If-Match: {reply["ETag"]}\r\n").Status);
        Assert.Equal(
            200, site.Get("/static/fresh.txt", $"If-Range: {reply["ETag"]}\r\nRange: bytes=0-1\r\n").Status);
        Assert.Equal(
            200, site.Get("/static/fresh.txt", $"If-Range: {reply["Last-Modified"]}\r\nRange: bytes=0-1\r\n").Status);
    }

    [Fact]
    public void Another_content_of_the_same_length_and_second_has_another_ETag()
    {
        var path = site.Write("static/edited.txt", "before");
        var before = site.Get("/static/edited.txt")["ETag"];
        File.WriteAllText(path, "after!");
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 2, 3, 4, 5, 500, DateTimeKind.Utc));
        Assert.NotEqual(before, site.Get("/static/edited.txt")["ETag"]);
    }

    private Reply Get(string headers, string method = "GET") => site.Get(
        "/static/hello.txt", headers.Replace("{tag}", Tag, StringComparison.Ordinal) + "\r\n", method);
}
