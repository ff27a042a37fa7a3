using Addergate.AspNetCore.Metrics;
using Addergate.AspNetCore.Slots;
using Addergate.Wire.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>What figures are made of, where anybody asks for them: nothing here is done otherwise.</summary>
internal sealed partial class Exchange
{
    private long _arrived;
    private long _answered;
    private int _status;
    private SlowRequest? _slow;

    /// <summary>The worker has ended its answer. By the slot's reader.</summary>
    public void MarkAnswered()
    {
        if (_services.Metrics is not null)
        {
            _answered = _services.Time.GetTimestamp();
        }
    }

    /// <summary>It has run for longer than it should, and goes on. Nothing where nobody asks for figures.</summary>
    public void BeginSlow(Slot slot)
    {
        if (_services.Metrics is not { } metrics)
        {
            return;
        }

        // The log is told under the gate: told later, it could hear of the beginning after the end. Its lock is a leaf.
        lock (_gate)
        {
            if (!_isCompleted && _slow is null)
            {
                _slow = Describe(slot, metrics.Name);
                metrics.Slow.Begin(_slow);
            }
        }
    }

    /// <summary>A slow one is over for its worker.</summary>
    /// <param name="slot">Where.</param>
    /// <param name="seconds">How long it ran.</param>
    /// <param name="status">What became of it where the worker did not say so, or 0.</param>
    public void EndSlow(Slot slot, double seconds, int status = 0)
    {
        BeginSlow(slot);
        lock (_gate)
        {
            if (_slow is not null)
            {
                _services.Metrics!.Slow.End(_slow with
                {
                    Seconds = seconds,
                    Status = _isCompleted ? _status : status != 0 ? status : Context.Response.StatusCode,
                    BytesOut = _relay.BytesSent,
                });
            }
        }
    }

    private void Measure(ApplicationMetrics metrics)
    {
        var now = _services.Time.GetTimestamp();
        var isClientGone = _isClientGone && !_relay.IsCutOff;
        (_slot?.Worker.Tally ?? metrics.Unseen).Add(new FinishedRequest(
            _status, isClientGone, _relay.IsCutOff, Body?.Length ?? 0, _relay.BytesSent)
        {
            FrontEnd = Between(_arrived, _queued == 0 ? now : _queued),
            Queue = _queued == 0 ? null : Between(_queued, _taken == 0 ? now : _taken),
            Application = _taken == 0 ? null : Between(_taken, _answered == 0 ? now : _answered),
            Whole = Between(_arrived, now),
        });
    }

    private double Between(long start, long end) => _services.Time.GetElapsedTime(start, end).TotalSeconds;

    private SlowRequest Describe(Slot slot, string application)
    {
        var request = Context.Features.GetRequiredFeature<IHttpRequestFeature>();
        return new SlowRequest
        {
            Application = application,
            RequestId = RequestId,
            ProcessId = slot.Worker.Admission.ProcessId,
            Thread = slot.Index,
            Start = _services.Now() - Between(_taken, _services.Time.GetTimestamp()),
            Seconds = Between(_taken, _services.Time.GetTimestamp()),
            FrontEnd = Between(_arrived, _queued),
            Queue = Between(_queued, _taken),
            Method = Cut(request.Method),
            Scheme = request.Scheme,
            Host = Cut(request.Headers.Host.ToString()),
            ScriptName = Cut(request.PathBase),
            Path = Cut(request.Path),
            Protocol = request.Protocol,
            Client = Context.Connection.RemoteIpAddress?.ToString() ?? "",
            UserAgent = Cut(request.Headers.UserAgent.ToString()),
            BytesIn = Math.Max(0, Body?.Length ?? 0),
        };
    }

    private static string Cut(string text) => text.Length <= LongestTarget ? text : text[..LongestTarget] + "…";
}
