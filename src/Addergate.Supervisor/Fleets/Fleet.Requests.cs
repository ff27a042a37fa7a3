using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Fleets;

/// <summary>What the front end knows of requests, and what that means for workers. Each message may be about a worker
/// that has ended in the meantime.</summary>
internal sealed partial class Fleet
{
    /// <summary>WORN_OUT: a worker was given as many requests as it may serve.</summary>
    public void OnWornOut(uint worker)
    {
        if (Worker(worker) is { } child)
        {
            Recycle(child, RecycleReason.MaximumRequests);
        }
    }

    /// <summary>OVERDUE: a request has run for too long, and its client was answered. The worker is asked to end it.
    /// </summary>
    public void OnOverdueRequest(RequestMessage request)
    {
        if (Worker(request.Worker) is { } child)
        {
            shell.Log(
                LogLevelCode.Warning,
                $"{child}, thread {request.Slot}: {request.Line} ran for longer than --request-timeout allows and is "
                    + $"interrupted (request {request.RequestId})");
            shell.Send(child, request with { Kind = ControlKind.Interrupt });
        }
    }

    /// <summary>SLOW: the worker is asked to log what the request does.</summary>
    public void OnSlowRequest(RequestMessage request)
    {
        if (Worker(request.Worker) is { } child)
        {
            shell.Send(child, request with { Kind = ControlKind.Describe });
        }
    }

    /// <summary>STUCK: an interrupted request does not end. Its thread is lost, and the worker with it.</summary>
    public void OnStuck(uint worker)
    {
        if (Worker(worker) is { } child)
        {
            Recycle(child, RecycleReason.RequestTimeout);
        }
    }
}
