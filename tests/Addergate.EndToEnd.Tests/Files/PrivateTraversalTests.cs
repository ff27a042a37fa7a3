using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Files;

/// <summary>The same ways out of a private root, by an application that hands over what a client has sent.</summary>
public sealed class PrivateTraversalTests(FileHandoverSite site) : IClassFixture<FileHandoverSite>
{
    public static TheoryData<string, string> Prefixes => new()
    {
        { "X-Accel-Redirect", "/protected/" },
        { "X-Accel-Redirect", "/protected" },
        { "X-Accel-Redirect", "/protected/sub/" },
        { "X-Accel-Redirect", "/%70rotected/" },
        { "X-Sendfile", "{private}/" },
        { "X-Sendfile", "{private}" },
        { "X-Sendfile", "{real}/sub/" },
        { "Location", "/protected/" },
        { "Location", "/protected/sub/" },
    };

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void No_spelling_leads_out_of_it(string header, string prefix)
    {
        using var conversation = new Conversation(site.Port);
        foreach (var way in TraversalCorpus.Below(site.Places(prefix)))
        {
            AssertNothingLeaks(conversation, header, way, mayStay: header == "Location");
        }
    }

    [Theory]
    [InlineData("X-Accel-Redirect", "/etc/passwd")]
    [InlineData("X-Accel-Redirect", "//protected/report.txt")]
    [InlineData("X-Accel-Redirect", "/protected//etc/passwd")]
    [InlineData("X-Accel-Redirect", "@named")]
    [InlineData("X-Accel-Redirect", "")]
    [InlineData("X-Accel-Redirect", "/protected/.hidden")]
    [InlineData("X-Accel-Redirect", "/protected/%2ehidden")]
    [InlineData("X-Accel-Redirect", "/protected/report.txt/")]
    [InlineData("X-Accel-Redirect", "/protected/report.txt%00.jpg")]
    [InlineData("X-Accel-Redirect", "/protected/out.txt")]
    [InlineData("X-Accel-Redirect", "/protected/outdir/secret.txt")]
    [InlineData("X-Accel-Redirect", "/protected/proc/environ")]
    [InlineData("X-Accel-Redirect", "/protected/proc/root/etc/passwd")]
    [InlineData("X-Accel-Redirect", "/protected/")]
    [InlineData("X-Accel-Redirect", "/protected")]
    [InlineData("X-Accel-Redirect", "/protected/fifo")]
    [InlineData("X-Sendfile", "/etc/passwd")]
    [InlineData("X-Sendfile", "file:///etc/passwd")]
    [InlineData("X-Sendfile", "{root}/secret.txt")]
    [InlineData("X-Sendfile", "{root}/private/../secret.txt")]
    [InlineData("X-Sendfile", "{root}/private-other/secret.txt")]
    [InlineData("X-Sendfile", "{private}/.hidden")]
    [InlineData("X-Sendfile", "{private}/out.txt")]
    [InlineData("X-Sendfile", "{private}/proc/self/environ")]
    [InlineData("X-Sendfile", "{private}")]
    [InlineData("X-Sendfile", "{private}/")]
    [InlineData("X-Sendfile", "/proc/self/root/etc/passwd")]
    [InlineData("X-Sendfile", "/dev/zero")]
    [InlineData("X-Sendfile", "")]
    public void Nor_is_there(string header, string value)
    {
        using var conversation = new Conversation(site.Port);
        AssertNothingLeaks(conversation, header, site.Places(value), mayStay: false);
    }

    [Fact]
    public void Two_files_are_none()
    {
        var reply = site.Made("X-Accel-Redirect: /protected/report.txt|X-Accel-Redirect: /protected/report.txt");
        Assert.Equal(404, reply.Status);
    }

    private void AssertNothingLeaks(Conversation conversation, string header, string value, bool mayStay)
    {
        conversation.Send($"GET {site.Target($"{header}: {value}")} HTTP/1.1\r\nHost: test\r\n\r\n");
        var reply = conversation.Receive();
        Assert.False(reply.Text.Contains(StaticSite.Secret, StringComparison.Ordinal), $"{header}: {value}\n{reply.Text}");
        Assert.False(reply.Text.Contains("root:x:0:", StringComparison.Ordinal), $"{header}: {value}\n{reply.Text}");
        // A Location that names no private file is the client's.
        Assert.True(
            reply.Status == 404 || (mayStay && reply.Status == 200 && reply[header] == value),
            $"{header}: {value}\n{reply.StatusLine}\n{reply.Text}");
    }
}
