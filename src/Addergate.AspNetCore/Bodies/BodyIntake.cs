using Addergate.AspNetCore.Connections;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Logs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Bodies;

/// <summary>
/// Takes a request's body in before a slot is used, so that a slow client never holds a Python thread. The web server
/// enforces the size limit and the least data rate, and sends <c>100 Continue</c> with the first read.
/// </summary>
internal sealed class BodyIntake(
    WsgiOptions options,
    BufferBudgets budgets,
    DescriptorReserve reserve,
    TimeProvider time,
    ILogger logger)
{
    private readonly Reminder _budgetReminder = new(time);
    private readonly Reminder _diskReminder = new(time);
    private readonly Reminder _descriptorReminder = new(time);

    /// <summary>Reads to the end. Failures of the client or of the store are in the result.</summary>
    public async ValueTask<IntakeResult> TakeInAsync(PatientReader reader)
    {
        using var incoming = new IncomingBody(
            budgets, reserve, options.Limits.RequestBodyInMemory, options.SpoolDirectory);
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync().ConfigureAwait(false);
                if (result.IsCanceled)
                {
                    return IntakeResult.ClientGone;
                }

                var problem = result.Buffer.IsEmpty
                    ? StoreProblem.None
                    : await incoming.AppendAsync(result.Buffer).ConfigureAwait(false);
                reader.AdvanceTo(result.Buffer.End);
                if (problem != StoreProblem.None)
                {
                    Tell(problem, incoming.Reason);
                    return IntakeResult.Refused(StatusOf(problem));
                }

                if (result.IsCompleted)
                {
                    return new IntakeResult(incoming.Finish(), 0);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // Of the web server's reader: the client went away, was too slow, or sent what is no HTTP.
            return IntakeResult.Refused(BodyFailure.ToStatus(failure));
        }
    }

    private static int StatusOf(StoreProblem problem) => problem == StoreProblem.Disk
        ? StatusCodes.Status507InsufficientStorage
        : StatusCodes.Status503ServiceUnavailable;

    private void Tell(StoreProblem problem, string reason)
    {
        switch (problem)
        {
            case StoreProblem.Disk when _diskReminder.IsDue(out var count):
                DispatchLog.SpoolFailed(logger, count, options.SpoolDirectory, reason);
                break;
            case StoreProblem.Descriptors when _descriptorReminder.IsDue(out var count):
                DispatchLog.NoSpoolFile(logger, count, reason);
                break;
            case StoreProblem.Budgets when _budgetReminder.IsDue(out var count):
                DispatchLog.BudgetExhausted(logger, count, budgets.Memory.InUse, budgets.Spool.InUse);
                break;
            default:
                break;
        }
    }
}
