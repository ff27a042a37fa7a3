using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Security;

/// <summary>A directory to hold workers in, with Python's library and nothing else; an application is put into /srv. Made once
/// for all tests of a class.</summary>
public sealed class Prison : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public Prison()
    {
        if (System.Environment.UserName != "root" || Pythons.Default is not { } python)
        {
            return;
        }

        var library = Tool.Succeed(python, "-c", "import os, sys; sys.stdout.write(os.path.dirname(os.__file__))");
        Directory.CreateDirectory(In(Path.GetDirectoryName(library)![1..]));
        Directory.CreateDirectory(Home);
        Tool.Succeed("cp", "-r", library, In(Path.GetDirectoryName(library)![1..]));
    }

    /// <summary>What becomes /.</summary>
    internal string Root => _directory.Path;

    /// <summary>The application's place.</summary>
    internal string Home => In("srv");

    internal string In(string path) => _directory.In(path);

    public void Dispose() => _directory.Dispose();
}
