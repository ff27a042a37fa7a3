using System.Text;
using Addergate.Python;
using Addergate.Python.Ownership;
using Addergate.Wire.Claims;
using Addergate.Wire.Control;
using Addergate.Wire.Requests;
using Addergate.Worker.Slots;
using Addergate.Worker.Watch;

namespace Addergate.Worker.Wsgi;

/// <summary>
/// One request with its response: the single mutable state of a slot, reused for every request on it. Used by the
/// slot's thread; application code that calls start_response or reads the input from another thread does so with the
/// GIL held.
/// </summary>
internal sealed class Exchange
{
    private const int MaxRequestId = 128;
    private const int SlotShift = 48;

    private readonly byte[] _requestId = new byte[MaxRequestId];
    private readonly ClaimLine _claim;
    private readonly ulong _slotBits;
    private int _requestIdLength;
    private ulong _number;
    private ulong _serial;
    private nint _token;
    private nint _environ;
    private readonly nint _threadId;

    internal Exchange(WorkerContext context, SlotConnection connection, ClaimLine claim, int slot)
    {
        Context = context;
        Connection = connection;
        _claim = claim;
        _slotBits = (ulong)slot << SlotShift;
        _threadId = CPython.PyLong_FromUnsignedLongLong((ulong)slot + 1).DangerousRelease();
        Response = new ResponseWriter(this);
    }

    internal WorkerContext Context { get; }

    internal SlotConnection Connection { get; }

    internal ResponseWriter Response { get; }

    internal ValueCache Values { get; } = new();

    /// <summary>When the request may be interrupted.</summary>
    internal TimeoutWindow Window { get; } = new();

    /// <summary>Seconds since the epoch at which the request arrived here.</summary>
    internal double Received { get; private set; }

    /// <summary>The int that start_response, write and the input know their request by. It is never used again, so
    /// that one kept beyond its request finds nothing.</summary>
    internal Borrowed Token => Borrowed.DangerousFrom(_token);

    /// <summary>The slot's number from 1, as <c>mod_wsgi.thread_id</c> says it.</summary>
    internal Borrowed ThreadId => Borrowed.DangerousFrom(_threadId);

    /// <summary>The id in Latin-1, empty until the environ is built.</summary>
    internal ReadOnlySpan<byte> RequestId => _requestId.AsSpan(0, _requestIdLength);

    /// <summary>The request's environ while the application is called, or null.</summary>
    internal Borrowed Environ => Borrowed.DangerousFrom(_environ);

    /// <summary>Whether a request runs, as far as application code is concerned.</summary>
    internal bool IsActive { get; private set; }

    /// <summary>Whether the method is HEAD.</summary>
    internal bool IsHead { get; set; }

    /// <summary>Whether all of the body was read, or it ended badly.</summary>
    internal bool IsBodyAtEnd { get; set; }

    /// <summary>Why the body cannot be read on, if it cannot.</summary>
    internal BodyFailure BodyFailure { get; set; }

    /// <summary>Whether the connection can no longer be used.</summary>
    internal bool IsBroken { get; set; }

    /// <summary>Whether RequestTimeout ended it.</summary>
    internal bool IsTimedOut { get; set; }

    /// <summary>Whether text without a newline at its end waits in <c>wsgi.errors</c>.</summary>
    internal bool HasPartialErrors { get; set; }

    /// <summary>Whether nobody waits for the response any more.</summary>
    internal bool IsClientGone => IsBroken || _claim.IsClientGone(_number);

    /// <summary>The exchange that a token belongs to; null with RuntimeError when it is over. The GIL is
    /// held.</summary>
    internal static Exchange? Find(Borrowed token, string what)
    {
        var value = CPython.PyLong_AsUnsignedLongLong(token);
        var slots = WorkerContext.Current.Slots;
        var slot = (int)(value >> SlotShift);
        if (slot < slots.Length && slots[slot].Exchange is { IsActive: true } exchange
            && (exchange._slotBits | exchange._serial) == value)
        {
            return exchange;
        }

        CPython.PyErr_SetString(CPython.PyExc_RuntimeError, $"{what} was used after its request had ended");
        return null;
    }

    internal static double Now() =>
        (TimeProvider.System.GetUtcNow().Ticks - DateTimeOffset.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;

    /// <summary>Starts with a request that arrived. No GIL needed.</summary>
    internal void Begin(in RequestHead head)
    {
        Received = Now();
        _number = head.Number;
        _serial++;
        _requestIdLength = 0;
        IsHead = false;
        IsBroken = false;
        IsTimedOut = false;
        BodyFailure = BodyFailure.None;
        IsBodyAtEnd = head.BodyMode != RequestBodyMode.OnDemand;
        Response.Reset();
    }

    /// <summary>Makes the token and lets the application in. The GIL is held.</summary>
    /// <returns>False with MemoryError.</returns>
    internal bool Open()
    {
        _token = CPython.PyLong_FromUnsignedLongLong(_slotBits | _serial).DangerousRelease();
        IsActive = true;
        return _token != 0;
    }

    /// <summary>The application is called next, and may be interrupted from here on. The GIL is held.</summary>
    internal void OpenWindow() => Window.Open(_number);

    /// <summary>Whether the message means the request that runs. The GIL is held. A number is used again by the front
    /// end after this one, an id is not.</summary>
    internal bool IsRunning(RequestMessage message) =>
        Window.IsRunning(message.Number) && Encoding.Latin1.GetString(RequestId) == message.RequestId;

    /// <summary>Locks the application out. The GIL is held.</summary>
    internal void Finish()
    {
        Window.End(Context);
        if (HasPartialErrors)
        {
            HasPartialErrors = false;
            using var flushed = CPython.Call(Context.FlushErrors);
            CPython.PyErr_Clear();
        }

        IsActive = false;
        _environ = 0;
        using var token = Owned.DangerousFrom(_token);
        _token = 0;
    }

    /// <summary>Remembers the environ, which the caller keeps while it calls the application.</summary>
    internal void SetEnviron(Borrowed environ) => _environ = environ.DangerousGetPointer();

    internal void SetRequestId(ReadOnlySpan<byte> id)
    {
        _requestIdLength = Math.Min(id.Length, MaxRequestId);
        id[.._requestIdLength].CopyTo(_requestId);
    }
}
