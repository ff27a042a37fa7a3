using Addergate.Posix.Files;
using Addergate.Python.Gil;
using Addergate.Wire.Claims;
using Addergate.Wire.Frames;
using Addergate.Wire.Logs;
using Addergate.Wire.Requests;
using Addergate.Worker.Logs;
using Addergate.Worker.Wsgi;

namespace Addergate.Worker.Slots;

/// <summary>
/// One request thread, which is one slot. Python created the thread; it stays here from first request to last, and
/// has the GIL only between claiming a request and handing over the last bytes of its response.
/// </summary>
internal sealed class RequestThread
{
    // A front end that refuses HELLO again and again, or whose listener is gone, is asked at this pace.
    private const int FirstRetryMilliseconds = 50;
    private const int LastRetryMilliseconds = 1000;

    [ThreadStatic]
    private static RequestThread? _ofThisThread;

    private readonly WorkerContext _context;
    private readonly ClaimLine _claim;

    internal RequestThread(WorkerContext context, int index)
    {
        _context = context;
        _claim = context.Claims!.Line(index);
        Connection = new SlotConnection(context, index);
        Exchange = new Exchange(context, Connection, _claim, index);
    }

    /// <summary>The request thread that this thread is, or null.</summary>
    internal static RequestThread? OfThisThread => _ofThisThread;

    internal SlotConnection Connection { get; }

    /// <summary>The request that runs, reused for each.</summary>
    internal Exchange Exchange { get; }

    /// <summary>Serves until the slot is retired or the worker stops. Called with the GIL held.</summary>
    internal void Run()
    {
        _ofThisThread = this;
        Exchange.Window.Attach();
        using var released = GilReleased.Begin();
        var wait = FirstRetryMilliseconds;
        while (!SlotSet.IsStopping)
        {
            var served = false;
            if (!Connection.Connect(out var error))
            {
                WorkerLog.Write(
                    _context, LogLevelCode.Debug, "", $"Connecting to {_context.SlotSocket} failed (errno {error}).");
            }
            else if (Serve(released, ref served))
            {
                Connection.Close();
                return;
            }

            Connection.Close();
            wait = served ? FirstRetryMilliseconds : Math.Min(wait * 2, LastRetryMilliseconds);
            if (!served && IsStoppedWithin(wait))
            {
                return;
            }
        }
    }

    private bool IsStoppedWithin(int milliseconds)
    {
        PollEntry entry = new(_context.StopPipeRead);
        return Poll.Wait(new Span<PollEntry>(ref entry), milliseconds) > 0;
    }

    /// <summary>Serves one connection.</summary>
    /// <returns>True when the slot is retired, false when the connection was lost.</returns>
    private bool Serve(in GilReleased released, ref bool served)
    {
        // Stopping sets its flag before it wakes the connections that it sees.
        while (!SlotSet.IsStopping)
        {
            var result = Connection.Receive(out var header, out var payload);
            if (result == ReceiveResult.Frame && header.Kind == FrameKind.Goodbye)
            {
                return true;
            }

            if (result == ReceiveResult.Closed)
            {
                return false;
            }

            if (result == ReceiveResult.Malformed || header.Kind != FrameKind.Request
                || !RequestHeadReader.TryBegin(payload, out var reader))
            {
                WorkerLog.Write(
                    _context, LogLevelCode.Error, "", "The front end sent a malformed frame; the slot was closed.");
                return false;
            }

            served = true;
            if (!Handle(released, reader))
            {
                return false;
            }
        }

        return false;
    }

    private bool Handle(in GilReleased released, RequestHeadReader reader)
    {
        Exchange.Begin(reader.Head);
        using (released.Take())
        {
            if (_claim.TryClaim(reader.Head.Number))
            {
                ApplicationCall.Run(_context, Exchange, reader);
            }
            else
            {
                Connection.Output.WriteEmptyFrame(FrameKind.Dropped);
            }

            Exchange.Finish();
        }

        // The terminal frame goes out without the GIL, unless it went with the last block already.
        return !Exchange.IsBroken && (Connection.Output.Length == 0 || Connection.Send());
    }
}
