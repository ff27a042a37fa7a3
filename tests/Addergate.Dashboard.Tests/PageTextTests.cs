using System.Text;

namespace Addergate.Dashboard.Tests;

public sealed class PageTextTests
{
    private static string Page => Encoding.UTF8.GetString(PageText.Instance.Body);

    [Fact]
    public void It_asks_for_nothing_from_elsewhere()
    {
        // A namespace is a name and is not fetched.
        var rest = Page.Replace("http://www.w3.org/2000/svg", "");
        Assert.DoesNotContain("http:", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("/*s", rest.Replace("/*script*/", "/*s"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_in_it_makes_markup_of_data()
    {
        foreach (var door in (string[])["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "style=\""])
        {
            Assert.DoesNotContain(door, Page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_may_run_is_named_by_its_hash()
    {
        Assert.DoesNotContain("unsafe", PageText.Instance.Policy, StringComparison.Ordinal);
        Assert.Equal(2, PageText.Instance.Policy.Split("'sha256-").Length - 1);
    }
}
