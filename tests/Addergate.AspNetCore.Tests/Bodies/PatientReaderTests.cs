using System.IO.Pipelines;
using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Tests.Fakes;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Tests.Bodies;

public sealed class PatientReaderTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly Pipe _pipe = new();
    private readonly ManualTime _time = new();
    private PatientReader? _reader;

    public void Dispose() => _reader?.Dispose();

    [Fact]
    public async Task Silence_has_its_limit_at_each_wait()
    {
        var reader = Reader(total: 0, silence: 10);
        for (var round = 0; round < 5; round++)
        {
            var read = reader.ReadAsync();
            _time.Advance(TimeSpan.FromSeconds(10) - Moment);
            Assert.False(read.IsCompleted);
            await SendAsync();
            reader.AdvanceTo((await read).Buffer.End);
        }

        var last = reader.ReadAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(408, (await Assert.ThrowsAsync<BadHttpRequestException>(async () => await last)).StatusCode);
    }

    [Fact]
    public async Task All_waits_together_have_theirs()
    {
        var reader = Reader(total: 25, silence: 10);
        for (var round = 0; round < 3; round++)
        {
            var read = reader.ReadAsync();
            _time.Advance(TimeSpan.FromSeconds(8));
            await SendAsync();
            reader.AdvanceTo((await read).Buffer.End);
        }

        var last = reader.ReadAsync();
        _time.Advance(TimeSpan.FromSeconds(1) - Moment);
        Assert.False(last.IsCompleted);
        _time.Advance(Moment);
        await Assert.ThrowsAsync<BadHttpRequestException>(async () => await last);
    }

    [Fact]
    public async Task Time_in_which_nobody_asks_does_not_count()
    {
        var reader = Reader(total: 25, silence: 10);
        await SendAsync();
        reader.AdvanceTo((await reader.ReadAsync()).Buffer.End);
        _time.Advance(TimeSpan.FromHours(1));
        var read = reader.ReadAsync();
        _time.Advance(TimeSpan.FromSeconds(9));
        await SendAsync();
        Assert.Equal(1, (await read).Buffer.Length);
    }

    [Fact]
    public async Task Without_limits_it_waits_for_ever()
    {
        var read = Reader(total: 0, silence: 0).ReadAsync();
        _time.Advance(TimeSpan.FromDays(20));
        await SendAsync();
        Assert.Equal(1, (await read).Buffer.Length);
    }

    private PatientReader Reader(int total, int silence) => _reader = new PatientReader(
        _pipe.Reader, new BodyPatience(TimeSpan.FromSeconds(total), TimeSpan.FromSeconds(silence)), _time);

    private async Task SendAsync() => await _pipe.Writer.WriteAsync(new byte[] { 1 });
}
