using System.Text;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Files;

/// <summary>Every way that is known out of a directory, over raw connections.</summary>
public sealed class TraversalTests(StaticSite site) : IClassFixture<StaticSite>
{
    public static TheoryData<string> Prefixes =>
    [
        "/", "/static/", "/static", "/static/sub/", "/static/own/", "/robots.txt/", "//", "http://test/static/", "/%73tatic/",
        "/static;a=b/", "/./static/", "/sub/../static/",
    ];

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void No_spelling_leads_out_of_the_root(string prefix)
    {
        foreach (var target in TraversalCorpus.Below(prefix))
        {
            AssertNothingLeaks(target);
        }
    }

    [Theory]
    [InlineData("/static/secret.txt")]
    [InlineData("/static-other/secret.txt")]
    [InlineData("/staticsecret.txt")]
    [InlineData("/public-other/secret.txt")]
    [InlineData("/static/hello.txt%00.jpg")]
    [InlineData("/static/hello.txt/../../secret.txt")]
    [InlineData("/static/proc/environ")]
    [InlineData("/static/proc/root/etc/passwd")]
    [InlineData("/static/proc/cwd/secret.txt")]
    [InlineData("/static//etc/passwd")]
    [InlineData("/static/%2fetc/passwd")]
    [InlineData("/static/%2Fetc%2Fpasswd")]
    [InlineData("/static/file:///etc/passwd")]
    [InlineData("/static/~root/.profile")]
    [InlineData("/static/C:\\secret.txt")]
    public void Nor_does(string target) => AssertNothingLeaks(target);

    [Theory]
    [InlineData(".hidden")]
    [InlineData(".git/config")]
    [InlineData("%2ehidden")]
    [InlineData(".%67it/config")]
    [InlineData("sub/.env")]
    [InlineData("sub/%2Eenv")]
    [InlineData(".well-known/.hidden")]
    [InlineData("sub/../.hidden")]
    public void Dot_files_are_not_served(string name)
    {
        AssertNothingLeaks("/" + name);
        AssertNothingLeaks("/static/" + name);
        Assert.Equal(404, site.Get("/static/" + name).Status);
    }

    [Fact]
    public void But_well_known_is() => Assert.All(
        (string[])["/.well-known/security.txt", "/static/.well-known/security.txt"],
        target => Assert.Equal("Contact: mailto:a@b.example", site.Get(target).Text));

    [Theory]
    [InlineData("out.txt")]
    [InlineData("outabs.txt")]
    [InlineData("outdir/secret.txt")]
    [InlineData("outdir/public-other/secret.txt")]
    [InlineData("loop")]
    [InlineData("fifo")]
    [InlineData("socket")]
    [InlineData("zero")]
    [InlineData("null")]
    [InlineData("proc/status")]
    public void Links_that_lead_out_and_what_is_no_file_are_not_there(string name)
    {
        Assert.Equal(404, site.Get("/static/" + name).Status);
        Assert.Equal("GET /" + name, site.Get("/" + name).Text);
    }

    [Theory]
    [InlineData("inside.txt")]
    [InlineData("sub/up.txt")]
    public void Links_that_stay_inside_are_followed(string name) =>
        Assert.Equal("hello from static", site.Get("/static/" + name).Text);

    [Fact]
    public void With_follow_symlinks_they_may_lead_out_but_paths_may_not()
    {
        using var server = site.Start("--url-alias", "/static", "static", "--follow-symlinks");
        Assert.Equal(StaticSite.Secret, Servers.Get(server.Port, "/static/out.txt").Text);
        Assert.Equal(StaticSite.Secret, Servers.Get(server.Port, "/static/outdir/secret.txt").Text);
        foreach (var target in (string[])["/static/../secret.txt", "/static/..%2fsecret.txt", "/static/proc/cwd/secret.txt"])
        {
            Assert.DoesNotContain(StaticSite.Secret, Servers.Get(server.Port, target).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_link_that_changes_while_it_is_asked_for_never_leads_out()
    {
        var link = site.Link("static/flip", "sub");
        using var stop = new CancellationTokenSource();
        var token = stop.Token;
        var flips = 0;
        var flipping = Task.Run(
            () =>
            {
                for (; !token.IsCancellationRequested; Interlocked.Increment(ref flips))
                {
                    site.Link("static/flip", flips % 2 == 0 ? "../public-other" : "sub");
                }
            },
            TestContext.Current.CancellationToken);
        using var conversation = new Conversation(site.Server.Port);
        for (var asked = 0; asked < 3000 || (Volatile.Read(ref flips) < 1000 && !flipping.IsCompleted); asked++)
        {
            conversation.Send("GET /static/flip/secret.txt HTTP/1.1\r\nHost: test\r\n\r\n");
            Assert.Equal(404, conversation.Receive().Status);
        }

        await stop.CancelAsync();
        await flipping;
        File.Delete(link);
    }

    private void AssertNothingLeaks(string target)
    {
        using var conversation = new Conversation(site.Server.Port);
        conversation.Send($"GET {target} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
        var answer = Encoding.Latin1.GetString(conversation.ReceiveBytes(int.MaxValue));
        Assert.False(answer.Contains(StaticSite.Secret, StringComparison.Ordinal), $"{target}\n{answer}");
        Assert.False(answer.Contains("root:x:0:", StringComparison.Ordinal), $"{target}\n{answer}");
        // Refused, not there, or the application's.
        Assert.True(
            answer.StartsWith("HTTP/1.1 40", StringComparison.Ordinal)
                || answer.Contains("X-From: application", StringComparison.Ordinal),
            $"{target}\n{answer}");
    }
}
