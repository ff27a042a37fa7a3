using Addergate.Cli.Systemd;

namespace Addergate.Cli.Tests.Systemd;

public sealed class UnitTextTests
{
    [Theory]
    [InlineData("/srv/mysite-1.0/app.py", "/srv/mysite-1.0/app.py")]
    [InlineData("mysite:create_app()", "mysite:create_app()")]
    [InlineData("50%", "50%%")]
    [InlineData("", "\"\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("say \"hi\"\\", "\"say \\\"hi\\\"\\\\\"")]
    [InlineData(";", "\";\"")]
    [InlineData("$HOME", "\"$HOME\"")]
    public void A_word_stays_one_word(string text, string word) => Assert.Equal(word, UnitText.Word(text));

    [Fact]
    public void Nothing_in_an_argument_is_taken_for_a_variable() =>
        Assert.Equal("\"$${HOME} %%h\"", UnitText.Argument("${HOME} %h"));

    [Theory]
    [InlineData("mysite", true)]
    [InlineData("my-site_2", true)]
    [InlineData("mysite.wsgi", false)]
    [InlineData("mysite:app", false)]
    [InlineData("-x", false)]
    [InlineData("a b", false)]
    [InlineData("", false)]
    public void The_name_of_a_service_is_told_from_an_entry(string word, bool isName) =>
        Assert.Equal(isName, ServiceName.IsName(word));

    [Theory]
    [InlineData("/srv/mysite", "mysite")]
    [InlineData("/srv/my site.org", "my-site-org")]
    [InlineData("/", "addergate")]
    [InlineData("/srv/…", "addergate")]
    public void Without_a_name_it_is_that_of_the_directory(string directory, string name) =>
        Assert.Equal(name, ServiceName.From(directory));
}
