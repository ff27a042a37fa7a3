using Addergate.Wire.Requests;

namespace Addergate.Wire.Tests.Requests;

public sealed class CgiKeysTests
{
    [Fact]
    public void Every_number_has_a_name_of_its_own()
    {
        Assert.Equal(Enum.GetValues<CgiKey>().Length, CgiKeys.Count);
        Assert.Equal(CgiKeys.Count, CgiKeys.Names.ToArray().Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_names_are_in_the_order_of_the_numbers()
    {
        foreach (var key in Enum.GetValues<CgiKey>())
        {
            var name = CgiKeys.Names[(int)key];
            var plain = name.Replace("mod_wsgi.", "", StringComparison.Ordinal)
                .Replace("_", "", StringComparison.Ordinal);
            Assert.Equal(key == CgiKey.Custom ? "" : key.ToString(), plain, ignoreCase: true);
        }
    }

    [Theory]
    [InlineData("host", CgiKey.HttpHost)]
    [InlineData("User-AGENT", CgiKey.HttpUserAgent)]
    [InlineData("content-type", CgiKey.ContentType)]
    [InlineData("Content-Length", CgiKey.ContentLength)]
    [InlineData("X-Nobody-Knows", CgiKey.Custom)]
    [InlineData("", CgiKey.Custom)]
    [InlineData("User_Agent", CgiKey.Custom)]
    public void A_header_is_found_in_any_case(string header, CgiKey expected) =>
        Assert.Equal(expected, CgiKeys.FindHeader(header));
}
