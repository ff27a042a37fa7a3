using System.Net;
using Addergate.AspNetCore.Tests.Fakes;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.Tests.Dispatch;

public sealed class WsgiDispatcherTests
{
    [Fact]
    public async Task A_request_goes_to_a_slot_and_its_response_to_the_client()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];

        var answer = frontEnd.Client.GetAsync("/hello?a=1");
        var request = await slot.TakeRequestAsync();
        await slot.RespondAsync("Hello!", headers: ("Content-Type", "text/plain"));
        var response = await answer.WithDeadline();

        Assert.Equal("/hello", request["PATH_INFO"]);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Fine", response.ReasonPhrase);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(6, response.Content.Headers.ContentLength);
        Assert.Equal("Hello!", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_slot_serves_one_request_after_the_other()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];

        for (var i = 1UL; i < 20; i++)
        {
            var answer = frontEnd.Client.GetStringAsync("/");
            var request = await slot.TakeRequestAsync();
            Assert.Equal(i, request.Head.Number);
            await slot.RespondAsync($"{i}");
            Assert.Equal($"{i}", await answer.WithDeadline());
        }
    }

    [Fact]
    public async Task The_server_is_idle_when_the_last_response_is_out()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        Assert.True(frontEnd.Dispatcher.WhenIdleAsync().IsCompletedSuccessfully);

        var answer = frontEnd.Client.GetStringAsync("/");
        await slot.TakeRequestAsync();
        var idle = frontEnd.Dispatcher.WhenIdleAsync();
        Assert.Equal(1, frontEnd.Dispatcher.InFlight);
        Assert.False(idle.IsCompleted);
        await slot.RespondAsync("");
        await answer.WithDeadline();
        await idle.WithDeadline();
        Assert.Equal(0, frontEnd.Dispatcher.InFlight);
    }

    [Fact]
    public async Task An_application_that_fails_before_its_head_is_a_500_and_the_slot_lives()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];

        var answer = frontEnd.Client.GetAsync("/");
        await slot.TakeRequestAsync();
        await slot.SendEmptyAsync(FrameKind.Abort);
        Assert.Equal(HttpStatusCode.InternalServerError, (await answer.WithDeadline()).StatusCode);

        var second = frontEnd.Client.GetStringAsync("/");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("again");
        Assert.Equal("again", await second.WithDeadline());
    }

    [Theory]
    [InlineData("HTTP/1.0")]
    [InlineData("HTTP/1.1")]
    public async Task An_application_that_fails_after_its_head_resets_the_connection(string version)
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];

        using var client = await frontEnd.SendRawAsync($"GET / {version}\r\nHost: x\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("first", isWhole: false);
        await client.ReceiveUntilAsync("first");
        await slot.SendEmptyAsync(FrameKind.Abort);

        await Assert.ThrowsAnyAsync<IOException>(client.CountToEndAsync);
    }

    [Fact]
    public async Task Too_little_for_the_Content_Length_resets_the_connection()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];

        using var client = await frontEnd.SendRawAsync("GET / HTTP/1.0\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("first", headers: ("Content-Length", "10"), isWhole: false);
        await client.ReceiveUntilAsync("first");
        await slot.SendDataAsync("", isLast: true);

        await Assert.ThrowsAnyAsync<IOException>(client.CountToEndAsync);
    }

    [Fact]
    public async Task A_tunnel_is_refused_without_asking_the_application()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        using var client = await frontEnd.SendRawAsync("CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 405 ", await client.ReceiveUntilAsync("\r\n\r\n"));
    }
}
