using System.Buffers.Binary;
using Addergate.Python;
using Addergate.Python.Gil;
using Addergate.Python.Ownership;
using Addergate.Wire;
using Addergate.Wire.Frames;
using Addergate.Worker.Slots;

namespace Addergate.Worker.Wsgi;

/// <summary>Pulls the body of a request over the slot: one READ, one answer.</summary>
internal static unsafe class RequestBodyReader
{
    // An answer is held whole in the slot's input buffer, so this bounds what a slot needs.
    private const int MaxRead = 256 * 1024;

    /// <summary>1 to <paramref name="size"/> bytes, empty at the end. Called with the GIL held.</summary>
    /// <returns>bytes, or null with OSError: the client went away or sent what must not be.</returns>
    internal static Owned Read(Exchange exchange, long size)
    {
        if (exchange.BodyFailure != BodyFailure.None)
        {
            return Fail(exchange, exchange.BodyFailure);
        }

        if (exchange.IsBodyAtEnd || size <= 0)
        {
            return CPython.PyBytes_FromStringAndSize(default);
        }

        if (exchange.IsClientGone || exchange.Response.Stage == ResponseStage.Ended)
        {
            return Fail(exchange, BodyFailure.Disconnected);
        }

        ReceiveResult result;
        FrameHeader header;
        ReadOnlySpan<byte> payload;
        using (GilReleased.Begin())
        {
            result = Ask(exchange.Connection, (int)Math.Min(size, MaxRead), out header, out payload);
        }

        if (result != ReceiveResult.Frame || header.Kind is not (FrameKind.Body or FrameKind.BodyEnd)
            || payload.Length > size || (header.Kind == FrameKind.Body && payload.IsEmpty))
        {
            exchange.IsBroken = true;
            return Fail(exchange, BodyFailure.Lost);
        }

        exchange.IsBodyAtEnd = header.Kind == FrameKind.BodyEnd || (header.Flags & FrameFlags.End) != 0;
        if (header.Kind == FrameKind.Body || header.Flags == FrameFlags.None)
        {
            return CPython.PyBytes_FromStringAndSize(payload);
        }

        return Fail(exchange, header.Flags switch
        {
            FrameFlags.TooLarge => BodyFailure.TooLarge,
            FrameFlags.Invalid => BodyFailure.Invalid,
            _ => BodyFailure.Disconnected,
        });
    }

    private static ReceiveResult Ask(
        SlotConnection connection, int size, out FrameHeader header, out ReadOnlySpan<byte> payload)
    {
        // Not through the connection's output: a head may wait there.
        var frame = stackalloc byte[WireLimits.HeaderSize + sizeof(uint)];
        var bytes = new Span<byte>(frame, WireLimits.HeaderSize + sizeof(uint));
        new FrameHeader(sizeof(uint), FrameKind.Read, FrameFlags.None).WriteTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[WireLimits.HeaderSize..], size);
        if (connection.SendAside(frame, bytes.Length))
        {
            return connection.Receive(out header, out payload);
        }

        header = default;
        payload = default;
        return ReceiveResult.Closed;
    }

    /// <summary>Raises, now and at each further read: a body that was cut must not look complete.</summary>
    private static Owned Fail(Exchange exchange, BodyFailure failure)
    {
        exchange.BodyFailure = failure;
        var (type, message) = failure switch
        {
            BodyFailure.TooLarge => (CPython.PyExc_OSError, "the request's body is larger than the server allows"),
            BodyFailure.Invalid => (CPython.PyExc_OSError, "the request's body is malformed, or came too slowly"),
            BodyFailure.Lost => (CPython.PyExc_ConnectionResetError, "the connection to the front end was lost"),
            _ => (CPython.PyExc_ConnectionResetError, "the client closed the connection before its body was complete"),
        };
        CPython.PyErr_SetString(type, message);
        return default;
    }
}
