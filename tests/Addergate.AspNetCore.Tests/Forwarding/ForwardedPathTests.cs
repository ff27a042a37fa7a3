using Addergate.AspNetCore.Forwarding;
using Addergate.Settings.Model;

namespace Addergate.AspNetCore.Tests.Forwarding;

/// <summary>Which URL the target is asked for. What the real parser makes of paths is tested end to end.</summary>
public sealed class ForwardedPathTests
{
    [Theory]
    [InlineData("/api/x", "/app/", "/app/x")]
    [InlineData("/api/", "/app", "/app")]
    [InlineData("/api/x", "/app", "/appx")]
    [InlineData("/api/?a/../b", "/", "/?a/../b")]
    [InlineData("/api/%41%2e%2541", "/", "/%41%2e%2541")]
    [InlineData("/api/.well-known/..x/x../...", "/", "/.well-known/..x/x../...")]
    [InlineData("/a/../api/b/%2E./c//.", "/", "/c//")]
    [InlineData("/../api/x", "/", "/x")]
    [InlineData("/api/a;b=..", "/", "/a;b=..")]
    public void The_rest_of_the_path_is_put_behind_the_targets(string asked, string path, string expected) =>
        Assert.Equal(expected, ForwardedPath.Map(asked, Route("/api", path)));

    [Theory]
    [InlineData("/api/a#b")]
    [InlineData("/api/a b")]
    [InlineData("/api/\u00e9")]
    [InlineData("/api/a\rb")]
    [InlineData("/api/%2e%2e%2f")]
    [InlineData("/api/%2f..")]
    [InlineData("/api/..%5cx")]
    [InlineData("/api/x%5C..")]
    [InlineData("/api/..;x")]
    [InlineData("/api/.;/x")]
    [InlineData("/other/x")]
    [InlineData("/api")]
    [InlineData("/api/..")]
    public void What_could_lead_elsewhere_is_refused(string asked) =>
        Assert.Null(ForwardedPath.Map(asked, Route("/api", "/app/")));

    [Theory]
    [InlineData("/", "/")]
    [InlineData("*", "/")]
    [InlineData("//x//", "//x//")]
    [InlineData("http://other.example", "/")]
    [InlineData("http://other.example/a/../b?c", "/b?c")]
    public void A_host_has_the_whole_path(string asked, string expected) =>
        Assert.Equal(expected, ForwardedPath.Map(asked, Route("", "/")));

    private static ForwardRoute Route(string url, string path) =>
        new(new ForwardRule(null, url, new ForwardTarget("http", "inner", path, null)), []);
}
