using Addergate.Settings.Model;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class StaticResolverTests
{
    private static FakeMachine Machine =>
        new FakeMachine().Directory("/srv/public", "/srv/media").Files("/srv/favicon.ico", "/etc/mime.types");

    [Fact]
    public void Nothing_is_served_unless_asked_for() => Assert.False(Resolve.Good("app.wsgi", Machine).Static.ServesFiles);

    [Fact]
    public void The_document_root_is_a_directory() =>
        Assert.Equal("/srv/public", Resolve.Good("--document-root ./public/", Machine).Static.DocumentRoot);

    [Fact]
    public void Aliases_come_longest_first_whether_they_end_with_a_slash_or_not() => Assert.Equal(
        [
            new FileAlias("/favicon.ico", "/srv/favicon.ico", false),
            new FileAlias("/media/big", "/srv/public", true),
            new FileAlias("/media", "/srv/media", true),
        ],
        Resolve.Good(
            "--url-alias /media ./media --url-alias /media/big/ public --url-alias=/favicon.ico favicon.ico", Machine)
            .Static.Aliases);

    [Fact]
    public void In_the_environment_they_are_a_list() => Assert.Equal(
        ["/static", "/media"],
        Resolve.Good("", Machine.Set("ADDERGATE_URL_ALIAS", "/static=/srv/public:/media=/srv/media"))
            .Static.Aliases.Select(alias => alias.Url));

    [Fact]
    public void Index_files_may_be_one_word_or_several()
    {
        Assert.Equal(
            ["index.html", "index.htm"],
            Resolve.Good("--document-root public --directory-index index.html --directory-index index.htm", Machine)
                .Static.DirectoryIndex);
        Assert.Equal(
            ["index.html", "index.htm"],
            Resolve.Good("--document-root public", Machine.Set("ADDERGATE_DIRECTORY_INDEX", "index.html index.htm"))
                .Static.DirectoryIndex);
    }

    [Fact]
    public void Private_roots_come_longest_first_and_make_no_url_answer()
    {
        var files = Resolve.Good("--private-root /protected media --private-root /protected/more/ ./public", Machine).Static;
        Assert.Equal(
            [new FileAlias("/protected/more", "/srv/public", true), new FileAlias("/protected", "/srv/media", true)],
            files.PrivateRoots);
        Assert.False(files.ServesFiles);
    }

    [Theory]
    [InlineData("--private-root /p nix", "--private-root /p: there is no directory /srv/nix")]
    [InlineData("--private-root /p favicon.ico", "--private-root /p: /srv/favicon.ico is not a directory")]
    [InlineData("--private-root / media",
        "--private-root /: every Location of the application would name a file; write a path as in /protected")]
    [InlineData("--private-root /p media --private-root /p/ public", "--private-root names /p twice; give each URL once")]
    [InlineData("--private-root /p media --document-root media",
        "--private-root /p: /srv/media lies in the document root: anybody could ask for its files")]
    [InlineData("--private-root /p media --url-alias /m .",
        "--private-root /p: /srv/media is served as /m (--url-alias): anybody could ask for its files")]
    [InlineData("--private-root /p media --url-alias /p public",
        "--private-root /p: --url-alias has that URL; give each its own")]
    public void What_is_private_is_nowhere_public(string line, string mistake) =>
        Assert.Equal([mistake], Resolve.Line(line, Machine.Directory("/srv")).Mistakes.Select(found => found.ToString()));

    [Theory]
    [InlineData("--document-root nix", "--document-root: there is no directory /srv/nix")]
    [InlineData("--document-root favicon.ico", "--document-root: /srv/favicon.ico is not a directory")]
    [InlineData("--url-alias /static", "--url-alias needs two values; write --url-alias URL PATH")]
    [InlineData("--url-alias /static nix", "--url-alias /static: there is no file or directory /srv/nix")]
    [InlineData("--url-alias static media",
        "--url-alias: \"static=media\" is no URL with a value: write the path of a URL, as in /static, and the value")]
    [InlineData("--url-alias / media",
        "--url-alias /: nothing would be left for the application; write --document-root media")]
    [InlineData("--url-alias /a%20b media",
        "--url-alias: the URL \"/a%20b\" is encoded: write it as it reads, without %; write a path as in /static")]
    [InlineData("--url-alias /a/../b media",
        "--url-alias: the URL \"/a/../b\" has an empty part, . or .. in it; write a path as in /static")]
    [InlineData("--url-alias /a?b media",
        "--url-alias: the URL \"/a?b\" is more than a path: leave out what follows ? or #; write a path as in /static")]
    [InlineData("--url-alias /m media --url-alias /m/ public", "--url-alias names /m twice; give each URL once")]
    [InlineData("--document-root public --directory-index sub/index.html",
        "--directory-index: \"sub/index.html\" is not the name of a file that is served; write index.html")]
    [InlineData("--document-root public --mime-types nix", "--mime-types: there is no file /srv/nix")]
    [InlineData("--document-root public --immutable-url assets",
        "--immutable-url: the URL \"assets\" does not begin with a slash; write a path as in /static")]
    public void What_is_wrong_is_told(string line, string mistake) => Assert.Equal(mistake, Resolve.Mistake(line, Machine));

    [Fact]
    public void What_is_of_no_use_without_files_is_told() => Assert.Contains(
        "--static-max-age has no effect without --document-root or --url-alias",
        Resolve.Line("--static-max-age 1h", Machine).Warnings);
}
