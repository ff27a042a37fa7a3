namespace Addergate.EndToEnd.Tests.Files;

/// <summary>Spellings of ways out of a directory, to a file beside it and to one of the machine's.</summary>
internal static class TraversalCorpus
{
    private static readonly string[] Parents =
    [
        "..", "%2e%2e", ".%2e", "%2E.", "%252e%252e", "..%00", "..%20", "..;", "...", "..\\", "..%5c", "..%255c",
        "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae", "%ef%bc%8e%ef%bc%8e", "%u002e%u002e", "outdir", "./..", "sub/..",
    ];

    private static readonly string[] Separators =
    [
        "/", "//", "/./", "/%2e/", "%2f", "%2F", "%252f", "\\", "%5c", "%5C", "%255c", "%c0%af", "%ef%bc%8f", "%00/", "/%00",
    ];

    public static IEnumerable<string> Below(string prefix)
    {
        foreach (var parent in Parents)
        {
            foreach (var separator in Separators)
            {
                foreach (var depth in (int[])[1, 2, 3, 12])
                {
                    var way = string.Concat(Enumerable.Repeat(parent + separator, depth));
                    yield return prefix + way + "secret.txt";
                    yield return prefix + way + "etc/passwd";
                }
            }
        }
    }
}
