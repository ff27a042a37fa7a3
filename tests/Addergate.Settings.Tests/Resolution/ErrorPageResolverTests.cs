using Addergate.Settings.Model;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class ErrorPageResolverTests
{
    private static FakeMachine Machine => new FakeMachine().Directory("/srv/pages").Files("/srv/pages/404.html");

    [Theory]
    [InlineData("404 pages/404.html", ErrorDocumentKind.File, "/srv/pages/404.html")]
    [InlineData("404 file:/srv/pages/404.html", ErrorDocumentKind.File, "/srv/pages/404.html")]
    [InlineData("404 /errors/missing", ErrorDocumentKind.Url, "/errors/missing")]
    [InlineData("404 /errors/?code=404", ErrorDocumentKind.Url, "/errors/?code=404")]
    [InlineData("404 https://help.example/gone", ErrorDocumentKind.Elsewhere, "https://help.example/gone")]
    public void A_page_is_a_file_or_a_url(string words, ErrorDocumentKind kind, string target) => Assert.Equal(
        [new ErrorDocument(404, kind, target)], Resolve.Good("--error-document " + words, Machine).ErrorPages.Documents);

    [Fact]
    public void In_the_environment_they_are_separated_by_spaces() => Assert.Equal(
        [new ErrorDocument(404, ErrorDocumentKind.Url, "/a"), new ErrorDocument(503, ErrorDocumentKind.Elsewhere, "http://x/")],
        Resolve.Good("", Machine.Set("ADDERGATE_ERROR_DOCUMENT", "404=/a 503=http://x/")).ErrorPages.Documents);

    [Fact]
    public void The_applications_own_pages_stay_unless_asked_for()
    {
        Assert.False(Resolve.Good("--error-document 404 /a", Machine).ErrorPages.Overrides);
        Assert.True(Resolve.Good("--error-document 404 /a --error-override", Machine).ErrorPages.Overrides);
        Assert.Contains(
            "--error-override has no effect without --error-document", Resolve.Line("--error-override", Machine).Warnings);
    }

    [Fact]
    public void An_absolute_path_that_is_a_file_may_have_been_meant_as_one() => Assert.Contains(
        "--error-document 404: /srv/pages/404.html is taken for a URL; write file:/srv/pages/404.html for the file",
        Resolve.Line("--error-document 404 /srv/pages/404.html", Machine).Warnings);

    [Theory]
    [InlineData("--error-document 404", "--error-document needs two values; write --error-document STATUS PAGE")]
    [InlineData("--error-document 200 /a",
        "--error-document: \"200=/a\" begins with no status of an error: 200 is not in 400 to 599")]
    [InlineData("--error-document 404 nix.html",
        "--error-document 404: there is no file /srv/nix.html; write the path of a file, or a URL of the site, which begins with a slash")]
    [InlineData("--error-document 404 pages",
        "--error-document 404: /srv/pages is a directory; write the path of a file, or a URL of the site, which begins with a slash")]
    [InlineData("--error-document 404 /a --error-document 404 /b", "--error-document names 404 twice; give each status once")]
    [InlineData("--error-document 401 http://x/a",
        "--error-document 401: 401 needs a page of this site; write the path of a file or of a URL here")]
    [InlineData("--error-document 404 http://",
        "--error-document 404: \"http://\" is no URL")]
    [InlineData("--error-document 404 /a/../b",
        "--error-document 404: the URL \"/a/../b\" has an empty part, . or .. in it; write a path as in /static")]
    public void What_is_wrong_is_told(string line, string mistake) => Assert.Equal(mistake, Resolve.Mistake(line, Machine));
}
