using System.Text;
using Addergate.Wire.Responses;

namespace Addergate.Wire.Tests.Responses;

public sealed class ResponseHeadersTests
{
    [Fact]
    public void Every_name_is_found_under_its_number_in_any_case()
    {
        for (var number = 1; number < ResponseHeaders.Count; number++)
        {
            var name = ResponseHeaders.Names[number];
            Assert.Equal(number, ResponseHeaders.Find(Encoding.ASCII.GetBytes(name)));
            Assert.Equal(number, ResponseHeaders.Find(Encoding.ASCII.GetBytes(name.ToUpperInvariant())));
        }

        Assert.Equal("Content-Length", ResponseHeaders.Names[ResponseHeaders.ContentLength]);
    }

    [Fact]
    public void Other_names_have_no_number() => Property.Holds(Property.Bytes, static bytes =>
    {
        var number = ResponseHeaders.Find(bytes);
        Assert.True(
            number == 0 || Encoding.Latin1.GetString(bytes).Equals(
                ResponseHeaders.Names[number], StringComparison.OrdinalIgnoreCase));
    });
}
