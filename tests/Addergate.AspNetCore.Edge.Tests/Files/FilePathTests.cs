using Addergate.AspNetCore.Files;

namespace Addergate.AspNetCore.Edge.Tests.Files;

public sealed class FilePathTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("/", "", true)]
    [InlineData("//", "", true)]
    [InlineData("/a", "a", false)]
    [InlineData("/a/b.css", "a/b.css", false)]
    [InlineData("/a/", "a", true)]
    [InlineData("//a///b//", "a/b", true)]
    [InlineData("/..%2f..%2fx", null, false)]
    [InlineData("/a%2f..%2fb", "a%2f..%2fb", false)]
    [InlineData("/a b", "a b", false)]
    [InlineData("/ü", "ü", false)]
    [InlineData("/a.", "a.", false)]
    [InlineData("/a..b/c..", "a..b/c..", false)]
    [InlineData("/.well-known/x", ".well-known/x", false)]
    [InlineData("//.well-known/x", ".well-known/x", false)]
    public void A_path_below_a_root_names_a_file(string below, string? name, bool namesDirectory)
    {
        Assert.Equal(name, FilePath.Map(below, out var directory));
        Assert.Equal(namesDirectory, directory);
    }

    [Theory]
    [InlineData("/.")]
    [InlineData("/..")]
    [InlineData("/../a")]
    [InlineData("/a/..")]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("/...")]
    [InlineData("/.hidden")]
    [InlineData("/a/.hidden")]
    [InlineData("/a/.well-known/x")]
    [InlineData("/.well-knownx")]
    [InlineData("/.well-known/.x")]
    [InlineData("/a\\b")]
    [InlineData("/..\\a")]
    [InlineData("/a\0b")]
    [InlineData("/a\nb")]
    [InlineData("/a\u007fb")]
    public void Or_nothing_that_is_served(string below) => Assert.Null(FilePath.Map(below, out _));
}
