namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>A directory that is removed with all in it. Others may enter it: servers run as other users.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory()
    {
        Path = Directory.CreateTempSubdirectory("ag-t-").FullName;
        File.SetUnixFileMode(Path, (UnixFileMode)0b111_101_101);
    }

    public string Path { get; }

    /// <summary>The path of something in it, which need not be there.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a file that can be run.</summary>
    public string WriteProgram(string name, string text)
    {
        var path = Write(name, text);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
