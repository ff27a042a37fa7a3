using System.Text.Json;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Status;
using Addergate.AspNetCore.Tests.Fakes;

namespace Addergate.AspNetCore.Tests.Status;

public sealed class ThreadFactsTests
{
    [Fact]
    public async Task Of_requests_only_their_own_application_is_told()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var answer = frontEnd.Client.GetAsync("/private");
        await slot.TakeRequestAsync();

        Assert.Equal("GET /private HTTP/1.1", Thread(frontEnd, asker: 0).GetProperty("request").GetString());
        var other = Thread(frontEnd, asker: 1);
        Assert.True(other.GetProperty("busy").GetBoolean());
        foreach (var name in (string[])["client", "request", "vhost"])
        {
            Assert.False(other.TryGetProperty(name, out _));
        }

        await slot.RespondAsync("done");
        await answer.WithDeadline();
    }

    private static JsonElement Thread(TestFrontEnd frontEnd, ushort asker)
    {
        using var facts = JsonDocument.Parse(ThreadFacts.Write(frontEnd.Get<WsgiApplications>(), asker));
        return facts.RootElement[0].GetProperty("threads")[0].Clone();
    }
}
