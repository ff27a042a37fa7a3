using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Wsgi;

/// <summary>
/// The applications that keep to PEP 3333 once more under wsgiref.validate, which raises when the server does not. Those
/// whose other tests compare both runs in detail are not repeated here.
/// </summary>
public sealed class ValidatorTests
{
    public static TheoryData<string, string> Gets => new MatrixTheoryData<string, string>(
        Servers.Interpreters,
        [
            "/hello", "/exc_info?when=before&name=x", "/bodiless?status=200", "/bodiless?status=204",
            "/bodiless?status=304", "/bodiless?status=200&kind=generator", "/closing?name=validated&how=whole",
            "/logging_app?mark=validated", "/process", "/download?blocks=3", "/start_response?case=same_name_twice",
            "/start_response?case=unusual_status", "/iterable?kind=empty_list", "/iterable?kind=list_of_nothing",
        ]);

    public static TheoryData<string, string, bool> Posts => new MatrixTheoryData<string, string, bool>(
        Servers.Interpreters, ["/echo", "/upload", "/unread?bytes=3", "/unread", "/early", "/environ"], [false, true]);

    [Theory]
    [MemberData(nameof(Gets))]
    public void The_validator_finds_nothing_in_a_request_without_a_body(string python, string target)
    {
        foreach (var method in (string[])["GET", "HEAD"])
        {
            var plain = Servers.Get(python, target, method: method);
            var validated = Servers.Get(python, "/validated" + target, method: method);
            Assert.Equal(plain.StatusLine, validated.StatusLine);
            Assert.True(validated.IsWhole);
        }

        // What the validator finds after the response, it can only say.
        Assert.DoesNotContain("without being closed", Servers.For(python).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Posts))]
    public void The_validator_finds_nothing_in_a_request_with_a_body(string python, string target, bool chunked)
    {
        var body = "a small body"u8.ToArray();
        var plain = Servers.Post(python, target, body, chunked);
        var validated = Servers.Post(python, "/validated" + target, body, chunked);
        Assert.Equal(plain.StatusLine, validated.StatusLine);
        Assert.True(validated.IsWhole);
        if (target != "/environ")
        {
            Assert.Equal(plain.Text, validated.Text);
        }
    }
}
