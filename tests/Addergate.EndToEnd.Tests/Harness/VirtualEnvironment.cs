namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>A venv of Debian's Python that sees Debian's packages.</summary>
internal static class VirtualEnvironment
{
    /// <summary>Makes it under a directory; skips the test when the package is not installed.</summary>
    public static string Make(string directory, string package)
    {
        const string Debian = "/usr/bin/python3";
        Tool.Require(Debian);
        if (Tool.Run(Debian, "-c", $"import {package}").Status != 0)
        {
            Assert.Skip($"Debian's python3-{package} is not installed (eng/test-tools.sh says how).");
        }

        var home = Path.Combine(directory, "venv");
        Tool.Succeed(Debian, "-m", "venv", "--system-site-packages", "--without-pip", home);
        return home;
    }
}
