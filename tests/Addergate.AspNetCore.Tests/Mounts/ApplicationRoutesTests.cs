using Addergate.AspNetCore.Mounts;

namespace Addergate.AspNetCore.Tests.Mounts;

public sealed class ApplicationRoutesTests
{
    private static readonly ApplicationRoutes Routes = new(
    [
        new ApplicationMount(0, [], ""),
        new ApplicationMount(1, [], "/blog"),
        new ApplicationMount(2, [], "/blog/admin"),
        new ApplicationMount(3, ["shop.example.com"], ""),
        new ApplicationMount(4, ["shop.example.com", "*.example.net"], "/api"),
    ]);

    [Theory]
    [InlineData("localhost", "/", 0, "/")]
    [InlineData("localhost:8000", "/blogger", 0, "/blogger")]
    [InlineData("localhost", "/blog", 1, "")]
    [InlineData("localhost", "/blog/x", 1, "/x")]
    [InlineData("localhost", "/blog/admin/x", 2, "/x")]
    [InlineData("localhost", "/Blog/x", 0, "/Blog/x")]
    [InlineData("SHOP.example.com:443", "/blog", 3, "/blog")]
    [InlineData("shop.example.com.", "/api/v1", 4, "/v1")]
    [InlineData("a.example.net", "/api", 4, "")]
    [InlineData("", "/x", 0, "/x")]
    [InlineData(null, "/x", 0, "/x")]
    [InlineData("[::1]:80", "/x", 0, "/x")]
    public void The_name_is_looked_at_first_and_then_the_longest_path(string? host, string path, int application, string rest)
    {
        var mount = Routes.Find(host, path, out var below, out var knowsHost);
        Assert.Equal((application, rest, true), (mount?.Application, below.Value, knowsHost));
    }

    [Fact]
    public void A_name_that_one_has_is_never_another_s()
    {
        Assert.Null(Routes.Find("b.example.net", "/blog", out _, out var knowsHost));
        Assert.True(knowsHost);
    }

    [Fact]
    public void A_name_that_none_has_is_told_apart_from_a_path_that_none_has()
    {
        var named = new ApplicationRoutes([new ApplicationMount(0, ["shop.example.com"], "")]);
        Assert.Null(named.Find("blog.example.com", "/", out _, out var knowsHost));
        Assert.False(knowsHost);
    }
}
