using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>Log records of the dispatch. Ids: 100 slots, 120 requests, 140 bodies; a retired id is not given again.
/// </summary>
internal static partial class DispatchLog
{
    [LoggerMessage(100, LogLevel.Warning, "Refused a slot connection: {Reason}")]
    public static partial void SlotRefused(ILogger logger, string reason);

    [LoggerMessage(101, LogLevel.Debug, "Slot {Slot} of worker {Worker} (pid {Pid}) connected")]
    public static partial void SlotConnected(ILogger logger, int slot, uint worker, int pid);

    [LoggerMessage(102, LogLevel.Debug, "Slot {Slot} of worker {Worker} (pid {Pid}) closed")]
    public static partial void SlotClosed(ILogger logger, int slot, uint worker, int pid);

    [LoggerMessage(103, LogLevel.Error,
        "Closed slot {Slot} of worker {Worker} (pid {Pid}), which broke the protocol: {Violation}")]
    public static partial void SlotViolation(ILogger logger, int slot, uint worker, int pid, string violation);

    [LoggerMessage(104, LogLevel.Warning,
        "Worker {Worker} (pid {Pid}) did not take request {RequestId} within {Seconds} s: something in it holds the " +
        "GIL; the request is sent elsewhere")]
    public static partial void NotClaimed(ILogger logger, uint worker, int pid, string requestId, double seconds);

    [LoggerMessage(105, LogLevel.Error, "Accepting slot connections failed: {Reason}")]
    public static partial void AcceptFailed(ILogger logger, string reason);

    [LoggerMessage(120, LogLevel.Error,
        "Worker {Worker} (pid {Pid}) ended while its thread {Slot} ran {Line}, for {Seconds:0.0} s so far (request " +
        "{RequestId})")]
    public static partial void WorkerGone(
        ILogger logger, uint worker, int pid, int slot, string line, double seconds, string requestId);

    [LoggerMessage(121, LogLevel.Warning,
        "Worker {Worker} (pid {Pid}) ended before it took request {RequestId}: it is sent to another")]
    public static partial void SentAgain(ILogger logger, uint worker, int pid, string requestId);

    [LoggerMessage(122, LogLevel.Error, "Request {RequestId}: the response of worker {Worker} cannot be sent: {Reason}")]
    public static partial void BadResponse(ILogger logger, string requestId, uint worker, string reason);

    [LoggerMessage(123, LogLevel.Warning,
        "Overload: {Refused} requests were answered with 503 because the queue was full, {Timeouts} with 504 because they " +
        "waited for too long; {Waiting} of at most {Limit} wait now")]
    public static partial void Overloaded(ILogger logger, long refused, long timeouts, int waiting, int limit);

    [LoggerMessage(124, LogLevel.Error,
        "Worker {Worker} (pid {Pid}) never took request {RequestId} within the request timeout: something in it holds " +
        "the GIL")]
    public static partial void NeverStarted(ILogger logger, uint worker, int pid, string requestId);

    [LoggerMessage(125, LogLevel.Error,
        "Request {RequestId} of worker {Worker} (pid {Pid}) was interrupted and does not end: the worker is to be replaced")]
    public static partial void Stuck(ILogger logger, uint worker, int pid, string requestId);

    [LoggerMessage(126, LogLevel.Warning, "{Line} has ended after {Seconds:0.0} s (request {RequestId})")]
    public static partial void SlowEnded(ILogger logger, string line, double seconds, string requestId);

    [LoggerMessage(140, LogLevel.Error,
        "Request bodies refused with 503: {Count}. Requests and responses hold {Memory} bytes of memory " +
        "(--buffer-memory) and {Spool} bytes of spool files (--buffer-disk)")]
    public static partial void BudgetExhausted(ILogger logger, long count, long memory, long spool);

    [LoggerMessage(141, LogLevel.Error,
        "Request bodies refused with 507: {Count}. No spool file can be written in {Directory}: {Reason}")]
    public static partial void SpoolFailed(ILogger logger, long count, string directory, string reason);

    [LoggerMessage(142, LogLevel.Error,
        "Request bodies refused with 503: {Count}. No spool file can be opened: {Reason}")]
    public static partial void NoSpoolFile(ILogger logger, long count, string reason);
}
