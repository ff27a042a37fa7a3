using Addergate.Cli.Generated;

namespace Addergate.Cli.Tests.Generated;

public sealed class FileKeeperTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ag-keeper-").FullName;

    private string Target => Path.Combine(_directory, "it's here");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private FileOutcome Write(string text) => Assert.Single(FileKeeper.Write(
        [new GeneratedFile(Target, text, "a file") { Mode = GeneratedFile.Private }],
        Path.Combine(_directory, ".written"))).Outcome;

    [Fact]
    public void What_nobody_has_changed_is_brought_up_to_date()
    {
        Assert.Equal(FileOutcome.Written, Write("one\n"));
        var first = File.GetLastWriteTimeUtc(Target);
        Assert.Equal(FileOutcome.Unchanged, Write("one\n"));
        Assert.Equal(first, File.GetLastWriteTimeUtc(Target));
        Assert.Equal(FileOutcome.Updated, Write("two\n"));
        Assert.Equal("two\n", File.ReadAllText(Target));
        Assert.Equal(GeneratedFile.Private, File.GetUnixFileMode(Target));
        File.Delete(Target);
        Assert.Equal(FileOutcome.Written, Write("two\n"));
    }

    [Fact]
    public void What_somebody_has_changed_is_kept()
    {
        Write("one\n");
        File.WriteAllText(Target, "mine\n");
        Assert.Equal(FileOutcome.Kept, Write("one\n"));
        Assert.False(File.Exists(Target + ".new"));
        Assert.Equal(FileOutcome.WrittenBeside, Write("two\n"));
        Assert.Equal(("mine\n", "two\n"), (File.ReadAllText(Target), File.ReadAllText(Target + ".new")));
        Assert.Equal(FileOutcome.Kept, Write("two\n"));
        File.Move(Target + ".new", Target, overwrite: true);
        Assert.Equal(FileOutcome.Unchanged, Write("two\n"));
        Assert.Equal(FileOutcome.Updated, Write("three\n"));
    }

    [Fact]
    public void A_file_that_was_there_before_is_somebodys()
    {
        File.WriteAllText(Target, "mine\n");
        Assert.Equal(FileOutcome.WrittenBeside, Write("one\n"));
        Assert.Equal("mine\n", File.ReadAllText(Target));
    }

    [Fact]
    public void A_link_to_elsewhere_is_not_written_through()
    {
        var elsewhere = Path.Combine(_directory, "elsewhere");
        File.WriteAllText(elsewhere, "one\n");
        File.CreateSymbolicLink(Target, elsewhere);
        Assert.Equal(FileOutcome.Unchanged, Write("one\n"));
        Assert.Equal(FileOutcome.Updated, Write("two\n"));
        Assert.Equal("one\n", File.ReadAllText(elsewhere));
    }
}
