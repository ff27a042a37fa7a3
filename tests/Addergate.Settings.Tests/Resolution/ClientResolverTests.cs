namespace Addergate.Settings.Tests.Resolution;

public sealed class ClientResolverTests
{
    [Fact]
    public void The_defaults_are_mod_wsgi_express_s()
    {
        var clients = Resolve.Good("").Clients;
        Assert.Equal((15, 30, 500), (Seconds(clients.HeaderTimeout), Seconds(clients.HeaderMaxTimeout), clients.HeaderMinRate));
        Assert.Equal((15, 0, 500), (Seconds(clients.BodyTimeout), Seconds(clients.BodyMaxTimeout), clients.BodyMinRate));
        Assert.Equal((60, 60), (Seconds(clients.Socket), Seconds(clients.ResponseSocket)));
        Assert.Null(clients.MaxClients);
    }

    [Fact]
    public void Responses_have_the_patience_of_all_sockets_unless_told_otherwise()
    {
        Assert.Equal(9, Seconds(Resolve.Good("--socket-timeout 9").Clients.ResponseSocket));
        Assert.Equal(7, Seconds(Resolve.Good("--socket-timeout 9 --response-socket-timeout 7").Clients.ResponseSocket));
    }

    [Theory]
    [InlineData("--header-timeout 40", "--header-timeout 40s is longer than --header-max-timeout 30s; "
        + "raise --header-max-timeout, or turn it off with 0")]
    [InlineData("--body-max-timeout 5", "--body-timeout 15s is longer than --body-max-timeout 5s; "
        + "raise --body-max-timeout, or turn it off with 0")]
    public void The_most_is_not_less_than_the_least(string line, string mistake) =>
        Assert.Equal(mistake, Resolve.Mistake(line));

    private static double Seconds(TimeSpan duration) => duration.TotalSeconds;
}
