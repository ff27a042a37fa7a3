using System.Globalization;
using System.Text.RegularExpressions;
using Addergate.Wire.Telemetry;

namespace Addergate.Dashboard.Tests;

/// <summary>Against the grammar of the text format, as a scraper reads it.</summary>
public sealed partial class PrometheusTextTests
{
    [Fact]
    public void Every_value_belongs_to_the_family_that_was_announced_before_it()
    {
        var families = new HashSet<string>();
        var family = "";
        foreach (var line in Text().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                family = line.Split(' ')[2];
                Assert.True(families.Add(family), $"{family} is announced twice");
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                Assert.Equal(family, line.Split(' ')[2]);
            }
            else
            {
                var match = Sample().Match(line);
                Assert.True(match.Success, line);
                Assert.Equal(family, Suffix().Replace(match.Groups["name"].Value, ""));
            }
        }
    }

    [Fact]
    public void A_histogram_counts_up_to_all()
    {
        var buckets = Values("addergate_request_duration_seconds_bucket");
        Assert.Equal(buckets.Order(), buckets);
        Assert.Equal([3, 3], [buckets[^1], Values("addergate_request_duration_seconds_count").Single()]);
        Assert.Equal(0.0035 + 0.1 + 100, Values("addergate_request_duration_seconds_sum").Single(), 6);
        Assert.Contains("le=\"0.004\"} 1\n", Text(), StringComparison.Ordinal);
        Assert.Contains("le=\"65.536\"} 2\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_cannot_end_its_label() =>
        Assert.Contains("{application=\"a\\\"b\\\\\\n\",status=\"2xx\"} 2\n", Text(), StringComparison.Ordinal);

    private static double[] Values(string name) =>
    [
        .. Text().Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal))
            .Select(static line => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture)),
    ];

    private static string Text()
    {
        var counts = new RequestCounts();
        counts.Add(new FinishedRequest(200, false, false, 1, 2) { Whole = 0.0035 });
        counts.Add(new FinishedRequest(200, false, false, 1, 2) { Whole = 0.1 });
        counts.Add(new FinishedRequest(503, false, false, 1, 2) { Whole = 100 });
        return PrometheusText.Write([new ApplicationTotals("a\"b\\\n", counts, 1, 0, null)], server: null);
    }

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*\})? [-+.0-9eE]+$""")]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
