using Addergate.AspNetCore.Dispatch;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Addergate.AspNetCore.Bodies;

/// <summary>
/// Takes a request's body in before a slot is used, so that a slow client never holds a Python thread. The web server
/// enforces the size limit and the least data rate, and sends <c>100 Continue</c> with the first read.
/// </summary>
internal sealed class BodyIntake(IOptions<WsgiOptions> options, BufferBudgets budgets, ILogger<BodyIntake> logger)
{
    private readonly WsgiOptions _options = options.Value;

    /// <summary>Reads to the end. Failures of the client or of the store are in the result.</summary>
    public async ValueTask<IntakeResult> TakeInAsync(PatientReader reader)
    {
        using var incoming = new IncomingBody(budgets, _options.Limits.RequestBodyInMemory, _options.SpoolDirectory);
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync().ConfigureAwait(false);
                if (result.IsCanceled)
                {
                    return IntakeResult.ClientGone;
                }

                var status = result.Buffer.IsEmpty
                    ? 0
                    : await incoming.AppendAsync(result.Buffer).ConfigureAwait(false);
                reader.AdvanceTo(result.Buffer.End);
                if (status != 0)
                {
                    return Refuse(status);
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

    private IntakeResult Refuse(int status)
    {
        if (status == StatusCodes.Status507InsufficientStorage)
        {
            DispatchLog.SpoolFailed(logger, _options.SpoolDirectory);
        }
        else
        {
            DispatchLog.BudgetExhausted(logger, budgets.Memory.InUse, budgets.Spool.InUse);
        }

        return IntakeResult.Refused(status);
    }
}
