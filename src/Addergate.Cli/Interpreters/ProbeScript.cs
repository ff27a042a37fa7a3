namespace Addergate.Cli.Interpreters;

/// <summary>
/// The program that an interpreter is asked to run: it says what it is, one fact a line after a line that marks the
/// beginning. It imports nothing that takes time, and runs on anything from Python 2 on, so that old ones can say what
/// they are.
/// </summary>
internal static class ProbeScript
{
    internal const string Mark = "addergate probe 1";

    /// <summary>executable, implementation, version, bits, what is wrong with ctypes, free-threaded.</summary>
    internal const int Facts = 6;

    internal const string Text =
        $"""
        import sys, os
        try:
            import _ctypes
            trouble = ""
        except Exception:
            trouble = str(sys.exc_info()[1]) or "unknown"
        facts = ["{Mark}", sys.executable or "",
            sys.implementation.name if hasattr(sys, "implementation") else "cpython",
            "%d.%d.%d" % tuple(sys.version_info[:3]), "64" if sys.maxsize > 2 ** 32 else "32",
            trouble.replace("\n", " "), "yes" if "t" in getattr(sys, "abiflags", "") else "no"]
        text = "\n".join(facts) + "\n"
        os.write(1, text.encode("utf-8", "surrogateescape") if sys.version_info[0] > 2 else text)
        """;
}
