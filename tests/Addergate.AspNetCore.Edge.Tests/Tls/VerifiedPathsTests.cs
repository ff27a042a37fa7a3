using Addergate.AspNetCore.Tls;

namespace Addergate.AspNetCore.Edge.Tests.Tls;

public sealed class VerifiedPathsTests
{
    private static readonly VerifiedPaths Some = new(["/admin", "/a b/ü"]);

    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/")]
    [InlineData("/admin/x/..%2f..")]
    [InlineData("/Admin")]
    [InlineData("//admin")]
    [InlineData("/x/%2e%2e%2Fadmin")]
    [InlineData("/x%2F..%2Fadmin")]
    [InlineData("/%2Fadmin")]
    [InlineData("/..%2f..%2fadmin")]
    [InlineData("/x\\..\\admin")]
    [InlineData("/a b/ü/x")]
    public void Whatever_somebody_may_read_as_below_is_below(string path) => Assert.True(Some.Contains(path));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/administrator")]
    [InlineData("/x/admin")]
    [InlineData("/x//admin")]
    [InlineData("/x%2Fadmin")]
    [InlineData("/a b")]
    [InlineData("*")]
    public void All_else_is_not(string path) => Assert.False(Some.Contains(path));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("*")]
    [InlineData("/x")]
    public void Without_paths_everything_is(string path) => Assert.True(new VerifiedPaths([]).Contains(path));
}
