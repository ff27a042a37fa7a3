using Addergate.AspNetCore.Files;

namespace Addergate.AspNetCore.Edge.Tests.Files;

public sealed class HashedNameTests
{
    [Theory]
    [InlineData("/static/css/base.55e7cbb9ba48.css")]
    [InlineData("admin/js/core.cf103cd04ebf.js")]
    [InlineData("staticfiles.55e7cbb9ba48.json")]
    [InlineData("main.073c9b0a.chunk.js")]
    [InlineData("main.8d3a5f0d1c2b3a4d5e6f.js")]
    [InlineData("jquery.min.55e7cbb9ba48.js")]
    [InlineData("/assets/index-BnP3kVbX.js")]
    [InlineData("/assets/index-B_P3kV-X.css")]
    [InlineData("index-BnP3kVbX.js.map")]
    public void A_name_that_changes_with_its_content(string path) => Assert.True(HashedName.Is(path));

    [Theory]
    [InlineData("")]
    [InlineData("/static/app.css")]
    [InlineData("jquery-3.7.1.min.js")]
    [InlineData("main.20240101.css")]
    [InlineData("report.deadbeef.txt")]
    [InlineData("base.55E7CBB9BA48.css")]
    [InlineData("base.55e7cb.css")]
    [InlineData("55e7cbb9ba48.css")]
    [InlineData("app.55e7cbb9ba48")]
    [InlineData("/55e7cbb9ba48.x/app.css")]
    [InlineData("font-Awesome5.css")]
    [InlineData("lib-dataGrid.js")]
    [InlineData("index-accordion.js")]
    [InlineData("photo-20240101.jpg")]
    [InlineData(".55e7cbb9ba48.css")]
    public void And_one_that_may_not(string path) => Assert.False(HashedName.Is(path));
}
