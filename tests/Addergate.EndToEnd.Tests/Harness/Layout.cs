namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>Where things are: the checkout, the published program, the applications.</summary>
internal static class Layout
{
    public static string Repository { get; } = FindRepository();

    public static string Program { get; } = Path.Combine(Repository, "artifacts", "addergate", "addergate");

    public static string Apps { get; } = Path.Combine(Repository, "tests", "apps");

    public static string Conformance { get; } = Path.Combine(Apps, "conformance.wsgi");

    private static string FindRepository()
    {
        for (var directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "Addergate.slnx")))
            {
                return directory;
            }
        }

        throw new InvalidOperationException($"No Addergate.slnx above {AppContext.BaseDirectory}.");
    }
}
