using Addergate.AspNetCore.Files;

namespace Addergate.AspNetCore.Edge.Tests.Files;

public sealed class ContentTypesTests
{
    [Fact]
    public void A_file_of_types_goes_before_the_list_that_is_built_in()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(
            file,
            """
            # a comment
            application/x-tar-gz   tgz tar.gz # another
            text/x-python          .py
            application/xhtml+xml  html
            text/plain;charset=iso-8859-1 txt
            audio/unused
            """);
        var types = new ContentTypes(file);
        File.Delete(file);
        Assert.Equal("application/x-tar-gz", types.For("a.tgz"));
        Assert.Equal("text/x-python; charset=utf-8", types.For("/static/a.PY"));
        Assert.Equal("application/xhtml+xml", types.For("a.html"));
        Assert.Equal("text/plain;charset=iso-8859-1", types.For("a.txt"));
        Assert.Equal("text/css; charset=utf-8", types.For("a.css"));
        Assert.Equal("application/octet-stream", types.For("a.b/c"));
    }

    [Fact]
    public void One_that_cannot_be_read_is_said()
    {
        var failure = Assert.Throws<InvalidOperationException>(static () => new ContentTypes("/nowhere/mime.types"));
        Assert.StartsWith("--mime-types: /nowhere/mime.types cannot be read", failure.Message, StringComparison.Ordinal);
    }
}
