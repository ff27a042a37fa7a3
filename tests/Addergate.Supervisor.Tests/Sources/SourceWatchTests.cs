using Addergate.Supervisor.Sources;

namespace Addergate.Supervisor.Tests.Sources;

public sealed class SourceWatchTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sources").FullName;
    private readonly SourceWatch _watch = new();

    private string Script => Path.Combine(_directory, "app.wsgi");

    [Fact]
    public void A_change_is_seen_at_once_and_counts_as_settled_when_nothing_more_comes()
    {
        File.WriteAllText(Script, "one");
        _watch.Add([Script]);
        Assert.Equal(SourceChange.None, _watch.Look());
        File.WriteAllText(Script, "three");
        Assert.Equal(SourceChange.Changing, _watch.Look());
        File.WriteAllText(Script, "thirteen");
        Assert.Equal(SourceChange.Changing, _watch.Look());
        Assert.Equal(SourceChange.Settled, _watch.Look());
        Assert.Equal(SourceChange.None, _watch.Look());
    }

    [Fact]
    public void Touching_is_enough()
    {
        File.WriteAllText(Script, "one");
        _watch.Add([Script]);
        File.SetLastWriteTimeUtc(Script, DateTime.UnixEpoch);
        Assert.Equal(SourceChange.Changing, _watch.Look());
    }

    [Fact]
    public void A_file_may_vanish_and_appear()
    {
        _watch.Add([Script, "/proc/self/mem/nothing", "/root/.not-there"]);
        Assert.Equal(SourceChange.None, _watch.Look());
        File.WriteAllText(Script, "one");
        Assert.Equal(SourceChange.Changing, _watch.Look());
        File.Delete(Script);
        Assert.Equal(SourceChange.Changing, _watch.Look());
        Assert.Equal(SourceChange.Settled, _watch.Look());
    }

    [Fact]
    public void A_file_that_is_watched_already_keeps_what_was_seen_of_it()
    {
        File.WriteAllText(Script, "one");
        _watch.Add([Script]);
        File.WriteAllText(Script, "three");
        _watch.Add([Script]);
        Assert.Equal(SourceChange.Changing, _watch.Look());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
