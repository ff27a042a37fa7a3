using Addergate.AspNetCore.Tests.Fakes;

namespace Addergate.AspNetCore.Tests.Queue;

public sealed class SlotPoolTests
{
    [Fact]
    public async Task Requests_wait_in_the_order_of_their_arrival()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var answers = new List<Task<string>>();
        for (var i = 0; i < 5; i++)
        {
            answers.Add(frontEnd.Client.GetStringAsync($"/{i}"));
            var expected = i + 1;
            await Deadline.UntilAsync(() => frontEnd.Dispatcher.Waiting == expected);
        }

        var slot = (await frontEnd.AddWorkerAsync())[0];
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal($"/{i}", (await slot.TakeRequestAsync())["PATH_INFO"]);
            await slot.RespondAsync($"{i}");
            Assert.Equal($"{i}", await answers[i].WithDeadline());
        }
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_the_queue()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var gone = await frontEnd.SendRawAsync("GET /gone HTTP/1.1\r\nHost: x\r\n\r\n");
        await Deadline.UntilAsync(() => frontEnd.Dispatcher.Waiting == 1);
        gone.Reset();
        await Deadline.UntilAsync(() => frontEnd.Dispatcher.Waiting == 0);
        await frontEnd.Dispatcher.WhenIdleAsync().WithDeadline();
    }

    [Fact]
    public async Task Workers_share_the_load_and_a_light_load_stays_on_the_slot_used_last()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var first = await frontEnd.AddWorkerAsync(slots: 2);
        var second = await frontEnd.AddWorkerAsync(slots: 2);
        for (var i = 0; i < 3; i++)
        {
            var alone = frontEnd.Client.GetStringAsync("/");
            await first[1].TakeRequestAsync();
            await first[1].RespondAsync("");
            await alone.WithDeadline();
        }

        var one = frontEnd.Client.GetStringAsync("/1");
        await first[1].TakeRequestAsync();
        var two = frontEnd.Client.GetStringAsync("/2");
        await second[1].TakeRequestAsync();
        var three = frontEnd.Client.GetStringAsync("/3");
        await first[0].TakeRequestAsync();
        await first[0].RespondAsync("");
        await first[1].RespondAsync("");
        await second[1].RespondAsync("");
        await Task.WhenAll(one, two, three).WithDeadline();
    }

    [Fact]
    public async Task Many_clients_at_once_all_get_their_own_answer()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var worker = await frontEnd.AddWorkerAsync(slots: 4);
        for (var i = 0; i < 4; i++)
        {
            var slot = worker[i];
            _ = Task.Run(async () =>
            {
                while (true)
                {
                    var request = await slot.TakeRequestAsync();
                    await slot.RespondAsync(request["PATH_INFO"]);
                }
            });
        }

        var clients = Enumerable.Range(0, 32).Select(client => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                Assert.Equal($"/{client}/{i}", await frontEnd.Client.GetStringAsync($"/{client}/{i}"));
            }
        }));
        await Task.WhenAll(clients).WithDeadline();
    }
}
