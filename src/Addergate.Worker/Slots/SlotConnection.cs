using System.Buffers;
using System.Runtime.InteropServices;
using Addergate.Posix.Files;
using Addergate.Posix.Sockets;
using Addergate.Wire;
using Addergate.Wire.Frames;

namespace Addergate.Worker.Slots;

/// <summary>
/// One slot's socket with its two buffers. Owned by the slot's thread; only <see cref="Wake"/> may come from another.
/// Everything here may block, so the GIL is not held, except where a method says so.
/// </summary>
internal sealed unsafe class SlotConnection
{
    // Heads are a few hundred bytes; a buffer that one large request has grown is given back.
    private const int InitialSize = 8 * 1024;
    private const int KeptSize = 64 * 1024;

    private readonly WorkerContext _context;
    private readonly int _index;
    private readonly Lock _descriptorLock = new();
    private int _descriptor = -1;
    private byte* _input;
    private int _inputSize;
    private int _filled;
    private int _consumed;

    internal SlotConnection(WorkerContext context, int index)
    {
        _context = context;
        _index = index;
        _inputSize = InitialSize;
        _input = (byte*)NativeMemory.Alloc(InitialSize);
    }

    /// <summary>Where the next frames to send are built.</summary>
    internal FrameBuffer Output { get; } = new(4096);

    /// <summary>Connects and says HELLO.</summary>
    /// <param name="error">errno when the result is false.</param>
    internal bool Connect(out int error)
    {
        var descriptor = UnixStream.Connect(_context.SlotSocket, out error);
        if (descriptor < 0)
        {
            return false;
        }

        lock (_descriptorLock)
        {
            _descriptor = descriptor;
            _context.Descriptors[_index] = descriptor;
        }

        _filled = _consumed = 0;
        _context.Claims!.Line(_index).Reset();
        Output.Clear();
        new Hello(
            _context.Worker, _context.Generation, (ushort)_index, (ushort)_context.Slots.Length, _context.NonceHigh,
            _context.NonceLow).WriteTo(Output);
        fixed (byte* start = Output.WrittenSpan)
        {
            var sent = StreamSend.SendWithDescriptor(descriptor, start, Output.Length, _context.Claims.Descriptor);
            Output.Clear();
            return sent;
        }
    }

    internal void Close()
    {
        lock (_descriptorLock)
        {
            if (_descriptor >= 0)
            {
                _context.Descriptors[_index] = -1;
                RawDescriptor.Close(_descriptor);
                _descriptor = -1;
            }
        }
    }

    /// <summary>Makes a blocked or later receive end. Any thread.</summary>
    internal void Wake()
    {
        lock (_descriptorLock)
        {
            if (_descriptor >= 0)
            {
                SocketShutdown.StopReceiving(_descriptor);
            }
        }
    }

    /// <summary>Waits for the next frame.</summary>
    /// <param name="header">The frame's header.</param>
    /// <param name="payload">The payload, valid until the next receive.</param>
    internal ReceiveResult Receive(out FrameHeader header, out ReadOnlySpan<byte> payload)
    {
        // Normally the frame before this one was all that had arrived.
        if (_consumed == _filled)
        {
            _filled = 0;
            GiveBack();
        }
        else
        {
            new Span<byte>(_input + _consumed, _filled - _consumed).CopyTo(new Span<byte>(_input, _inputSize));
            _filled -= _consumed;
        }

        _consumed = 0;
        payload = default;
        while (true)
        {
            var status = FrameHeader.TryRead(new ReadOnlySpan<byte>(_input, _filled), out header);
            if (status == OperationStatus.InvalidData)
            {
                return ReceiveResult.Malformed;
            }

            if (status == OperationStatus.Done)
            {
                var size = WireLimits.HeaderSize + header.Length;
                if (_filled >= size)
                {
                    _consumed = size;
                    payload = new ReadOnlySpan<byte>(_input + WireLimits.HeaderSize, header.Length);
                    return ReceiveResult.Frame;
                }

                Reserve(size);
            }

            var count = StreamReceive.Receive(_descriptor, _input + _filled, _inputSize - _filled);
            if (count <= 0)
            {
                return ReceiveResult.Closed;
            }

            _filled += count;
        }
    }

    /// <summary>Sends what <see cref="Output"/> holds and empties it.</summary>
    /// <returns>False when the front end is gone.</returns>
    internal bool Send()
    {
        bool sent;
        fixed (byte* start = Output.WrittenSpan)
        {
            sent = StreamSend.SendAll(_descriptor, start, Output.Length);
        }

        Output.Clear();
        return sent;
    }

    /// <summary>Sends what <see cref="Output"/> holds, whose last frame counts these bytes, and them.</summary>
    internal bool Send(byte* block, long length)
    {
        bool sent;
        fixed (byte* start = Output.WrittenSpan)
        {
            sent = StreamSend.SendAll(_descriptor, start, Output.Length, block, length);
        }

        Output.Clear();
        return sent;
    }

    /// <summary>Sends bytes before what <see cref="Output"/> holds.</summary>
    internal bool SendAside(byte* bytes, int length) => StreamSend.SendAll(_descriptor, bytes, length);

    private void Reserve(int size)
    {
        if (size > _inputSize)
        {
            _input = (byte*)NativeMemory.Realloc(_input, (nuint)size);
            _inputSize = size;
        }
    }

    private void GiveBack()
    {
        if (_inputSize > KeptSize)
        {
            NativeMemory.Free(_input);
            _input = (byte*)NativeMemory.Alloc(InitialSize);
            _inputSize = InitialSize;
        }
    }
}
