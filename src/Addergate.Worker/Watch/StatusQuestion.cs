using System.Diagnostics;
using Addergate.Posix.Sockets;
using Addergate.Wire.Control;
using Addergate.Wire.Frames;

namespace Addergate.Worker.Watch;

/// <summary>Asks the supervisor how the server is. Any request thread may ask, without the GIL; the control thread takes the
/// answer. Those who ask together get the same one.</summary>
internal static unsafe class StatusQuestion
{
    // The supervisor answers in milliseconds, or something is wrong with it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Somebody who asks at each request must not keep the supervisor from its work.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(0.25);

    // Not a Lock: it cannot be waited on.
    private static readonly object Gate = new();
    private static string? _answer;
    private static long _answeredAt;
    private static long _answers;
    private static bool _isAsked;

    /// <summary>The answer as JSON, or null when none comes in time. The GIL must not be held.</summary>
    internal static string? Ask()
    {
        lock (Gate)
        {
            if (_answer is not null && Stopwatch.GetElapsedTime(_answeredAt) < Freshness)
            {
                return _answer;
            }

            var known = _answers;
            if (!_isAsked)
            {
                _isAsked = true;
                Send();
            }

            var begun = Stopwatch.GetTimestamp();
            while (_answers == known)
            {
                var left = Patience - Stopwatch.GetElapsedTime(begun);
                if (left <= TimeSpan.Zero || !Monitor.Wait(Gate, left))
                {
                    _isAsked = false;
                    return null;
                }
            }

            return _answer;
        }
    }

    /// <summary>STATUS has come.</summary>
    internal static void Take(string answer)
    {
        lock (Gate)
        {
            _answer = answer;
            _answeredAt = Stopwatch.GetTimestamp();
            _answers++;
            _isAsked = false;
            Monitor.PulseAll(Gate);
        }
    }

    private static void Send()
    {
        var question = new FrameBuffer(64);
        new SignalMessage(ControlKind.AskStatus).WriteTo(question);
        fixed (byte* start = question.WrittenSpan)
        {
            StreamSend.SendAll(WorkerContext.ControlSocket, start, question.Length);
        }
    }
}
