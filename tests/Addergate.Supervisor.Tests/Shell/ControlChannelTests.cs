using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using Addergate.Posix.Sockets;
using Addergate.Supervisor.Shell;
using Addergate.Wire.Control;
using Addergate.Wire.Frames;

namespace Addergate.Supervisor.Tests.Shell;

public sealed class ControlChannelTests : IDisposable
{
    private readonly SocketPair _pair = SocketPair.CreateStream();
    private readonly Socket _child;
    private readonly BlockingCollection<ControlMessage> _received = [];
    private readonly TaskCompletionSource _broken = new();
    private readonly ControlChannel _channel;

    public ControlChannelTests()
    {
        _child = new Socket(_pair.Theirs);
        _channel = new ControlChannel(_pair.Ours, _received.Add, _broken.SetResult);
    }

    [Fact]
    public void Messages_come_whole_however_they_were_cut()
    {
        var bytes = new FrameBuffer();
        new SignalMessage(ControlKind.Ready).WriteTo(bytes);
        new TextMessage(ControlKind.Failed, new string('x', 100_000)).WriteTo(bytes);
        new WorkerMessage(ControlKind.Retired, 5).WriteTo(bytes);
        for (var rest = bytes.Written; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, 777)..])
        {
            _child.Send(rest.Span[..Math.Min(rest.Length, 777)]);
        }

        Assert.Equal(new SignalMessage(ControlKind.Ready), _received.Take());
        Assert.Equal(100_000, Assert.IsType<TextMessage>(_received.Take()).Text.Length);
        Assert.Equal(new WorkerMessage(ControlKind.Retired, 5), _received.Take());
    }

    [Fact]
    public async Task What_a_child_said_last_is_heard_before_its_end()
    {
        var bytes = new FrameBuffer();
        new TextMessage(ControlKind.Failed, "no").WriteTo(bytes);
        _child.Send(bytes.WrittenSpan);
        _child.Dispose();
        await _channel.Drained;
        Assert.Equal(new TextMessage(ControlKind.Failed, "no"), Assert.Single(_received));
        Assert.False(_broken.Task.IsCompleted);
    }

    [Fact]
    public async Task Garbage_is_told_and_read_no_further()
    {
        _child.Send([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0]);
        await _broken.Task;
        await _channel.Drained;
        Assert.Empty(_received);
    }

    [Fact]
    public void A_child_that_does_not_read_holds_nobody_up()
    {
        var large = new TextMessage(ControlKind.Start, new string('x', 1_000_000));
        for (var i = 0; i < 5; i++)
        {
            _channel.Send(large);
        }

        Assert.True(_channel.IsBehind);
        var buffer = new byte[65536];
        var length = 0L;
        while (length < 5 * (8 + 4 + 1_000_000))
        {
            var count = _child.Receive(buffer);
            if (length == 0)
            {
                Assert.Equal(1_000_004, BinaryPrimitives.ReadInt32LittleEndian(buffer));
            }

            length += count;
        }

        Assert.Equal(5 * (8 + 4 + 1_000_000), length);
        Assert.True(SpinWait.SpinUntil(() => !_channel.IsBehind, TimeSpan.FromMinutes(1)));
    }

    public void Dispose()
    {
        _channel.Dispose();
        _child.Dispose();
        _received.Dispose();
    }
}
