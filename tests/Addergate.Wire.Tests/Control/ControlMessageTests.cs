using System.Buffers;
using Addergate.Wire.Control;
using Addergate.Wire.Frames;
using FsCheck;
using FsCheck.Fluent;

namespace Addergate.Wire.Tests.Control;

public sealed class ControlMessageTests
{
    private static readonly ControlKind[] Signals =
    [
        ControlKind.Drain, ControlKind.HandOver, ControlKind.Ping, ControlKind.Pong, ControlKind.Ready, ControlKind.Drained,
        ControlKind.Evict, ControlKind.AskStatus,
    ];

    private static readonly ControlKind[] Numbers =
    [
        ControlKind.Retire, ControlKind.Gone, ControlKind.Retired, ControlKind.Stuck,
        ControlKind.WornOut,
    ];

    private static readonly ControlKind[] Texts = [ControlKind.Start, ControlKind.Stop, ControlKind.Failed, ControlKind.Sources, ControlKind.Status];

    private static readonly ControlKind[] Requests = [ControlKind.Interrupt, ControlKind.Overdue, ControlKind.Describe, ControlKind.Slow];

    private static readonly Gen<ControlMessage> AnyMessage = Gen.OneOf(
        Gen.Elements(Signals).Select(static kind => (ControlMessage)new SignalMessage(kind)),
        from kind in Gen.Elements(Numbers)
        from number in Property.UInt32
        select (ControlMessage)new WorkerMessage(kind, number),
        from kind in Gen.Elements(Texts)
        from text in Property.Text
        select (ControlMessage)new TextMessage(kind, text),
        from certificates in (from certificate in Property.Text
                              from key in Property.Text
                              select new CertificatePem(certificate, key)).ArrayOf()
        from authorities in Property.Text
        select (ControlMessage)new CertificateMessage(certificates, authorities),
        from application in Gen.Choose(0, WireLimits.MaxApplications - 1)
        from generation in Property.UInt32
        select (ControlMessage)new InForceMessage((ushort)application, generation),
        from worker in Property.UInt32
        from application in Gen.Choose(0, WireLimits.MaxApplications - 1)
        from generation in Property.UInt32
        from pid in Gen.Choose(1, int.MaxValue)
        from user in Property.UInt32
        from slots in Gen.Choose(0, WireLimits.MaxSlots)
        from high in Property.UInt64
        from low in Property.UInt64
        from maximum in Property.UInt64
        select (ControlMessage)new AdmitMessage(worker, (ushort)application, generation, pid, user, (ushort)slots, high, low, maximum),
        from process in Property.UInt32
        from json in Property.Text
        select (ControlMessage)new ThreadsMessage(process, json),
        from process in Property.UInt32
        from application in Gen.Choose(0, WireLimits.MaxApplications - 1)
        select (ControlMessage)new AskThreadsMessage(process, (ushort)application),
        from pid in Gen.Choose(int.MinValue, int.MaxValue)
        select (ControlMessage)new ForkedMessage(pid),
        from kind in Gen.Elements(Requests)
        from worker in Property.UInt32
        from slot in Gen.Choose(0, ushort.MaxValue)
        from number in Property.UInt64
        from id in Property.Text
        from line in Property.Text
        select (ControlMessage)new RequestMessage(kind, worker, (ushort)slot, number, id, line),
        from queues in (from waiting in Property.UInt32
                        from oldest in Property.UInt32
                        from refused in Property.UInt64
                        from timedOut in Property.UInt64
                        select new QueueLoad(waiting, oldest, refused, timedOut)).ArrayOf()
        from workers in (from worker in Property.UInt32
                         from completed in Property.UInt64
                         from running in Gen.Choose(0, ushort.MaxValue)
                         from idle in Property.UInt32
                         select new WorkerLoad(worker, completed, (ushort)running, idle)).ArrayOf()
        select (ControlMessage)new LoadMessage(queues, workers),
        from json in Property.Text
        from slotListener in Gen.Choose(0, 1000)
        from listeners in (from descriptor in Gen.Choose(0, 1000)
                           from secure in Gen.Elements(true, false)
                           select new InheritedListener(descriptor, secure ? ListenerUse.Secure : ListenerUse.Telemetry)).ArrayOf()
        select (ControlMessage)new ConfigureMessage(json, slotListener, listeners));

    [Fact]
    public void Every_kind_is_covered_here()
    {
        ControlKind[] others =
        [
            ControlKind.Certificate, ControlKind.Admit, ControlKind.Configure, ControlKind.Load, ControlKind.Forked,
            ControlKind.InForce, ControlKind.Threads, ControlKind.AskThreads,
        ];
        var covered = Signals.Concat(Numbers).Concat(Texts).Concat(Requests).Concat(others);
        Assert.Equal(Enum.GetValues<ControlKind>().Where(static kind => kind != ControlKind.None), covered.Order());
    }

    [Fact]
    public void Any_message_is_read_as_written() => Property.Holds(AnyMessage, static message =>
    {
        var bytes = Write(message);
        Assert.Equal(OperationStatus.Done, ControlMessage.TryRead(bytes, out var read, out var consumed));
        Assert.Equal(bytes.Length, consumed);
        AssertSame(message, read);
    });

    [Fact]
    public void Every_prefix_asks_for_more_and_consumes_nothing() => Property.Holds(
        AnyMessage,
        static message =>
        {
            var bytes = Write(message);
            for (var size = 0; size < bytes.Length; size++)
            {
                Assert.Equal(
                    OperationStatus.NeedMoreData,
                    ControlMessage.TryRead(bytes.AsSpan(0, size), out var read, out var consumed));
                Assert.Null(read);
                Assert.Equal(0, consumed);
            }
        },
        times: 200);

    [Fact]
    public void Messages_that_arrive_together_are_read_one_by_one() => Property.Holds(
        AnyMessage.ArrayOf(),
        static messages =>
        {
            var buffer = new FrameBuffer();
            foreach (var message in messages)
            {
                message.WriteTo(buffer);
            }

            var rest = buffer.WrittenSpan;
            foreach (var message in messages)
            {
                Assert.Equal(OperationStatus.Done, ControlMessage.TryRead(rest, out var read, out var consumed));
                AssertSame(message, read);
                rest = rest[consumed..];
            }

            Assert.True(rest.IsEmpty);
        },
        times: 200);

    [Fact]
    public void A_payload_with_something_left_over_is_malformed() => Property.Holds(AnyMessage, static message =>
    {
        byte[] bytes = [.. Write(message), 0];
        BitConverter.TryWriteBytes(bytes, bytes.Length - WireLimits.HeaderSize);
        Assert.Equal(OperationStatus.InvalidData, ControlMessage.TryRead(bytes, out _, out _));
    });

    [Fact]
    public void A_length_over_the_limit_is_malformed_before_it_has_arrived()
    {
        var header = new byte[WireLimits.HeaderSize];
        BitConverter.TryWriteBytes(header, WireLimits.MaxControlMessage + 1);
        header[4] = (byte)ControlKind.Start;
        Assert.Equal(OperationStatus.InvalidData, ControlMessage.TryRead(header, out _, out _));
    }

    [Fact]
    public void Random_bytes_end_in_one_of_the_three_outcomes() => Property.Holds(
        from kind in Gen.Choose(0, 40)
        from payload in Property.Bytes
        select (kind, payload),
        static sample =>
        {
            byte[] bytes = [0, 0, 0, 0, (byte)sample.kind, 0, 0, 0, .. sample.payload];
            BitConverter.TryWriteBytes(bytes, sample.payload.Length);
            var status = ControlMessage.TryRead(bytes, out var message, out var consumed);
            Assert.NotEqual(OperationStatus.NeedMoreData, status);
            Assert.Equal(status == OperationStatus.Done, message is not null);
            Assert.Equal(status == OperationStatus.Done ? bytes.Length : 0, consumed);
        },
        times: 10_000);

    [Fact]
    public void A_certificate_does_not_print_its_key() => Assert.DoesNotContain(
        "secret",
        new CertificateMessage([new CertificatePem("chain", "secret")], "").ToString() + new CertificatePem("chain", "secret"),
        StringComparison.Ordinal);

    private static byte[] Write(ControlMessage message)
    {
        var buffer = new FrameBuffer(initialCapacity: 1);
        message.WriteTo(buffer);
        return buffer.Written.ToArray();
    }

    // A record with a list in it compares the list by reference.
    private static void AssertSame(ControlMessage expected, ControlMessage? actual)
    {
        if (expected is ConfigureMessage configure)
        {
            var read = Assert.IsType<ConfigureMessage>(actual);
            Assert.Equal(configure.Listeners, read.Listeners);
            Assert.Equal(configure with { Listeners = [] }, read with { Listeners = [] });
            return;
        }

        if (expected is CertificateMessage certificates)
        {
            var read = Assert.IsType<CertificateMessage>(actual);
            Assert.Equal(certificates.Certificates, read.Certificates);
            Assert.Equal(certificates with { Certificates = [] }, read with { Certificates = [] });
            return;
        }

        if (expected is LoadMessage load)
        {
            var read = Assert.IsType<LoadMessage>(actual);
            Assert.Equal(load.Queues, read.Queues);
            Assert.Equal(load.Workers, read.Workers);
            return;
        }

        Assert.Equal(expected, actual);
    }
}
