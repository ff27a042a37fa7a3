using System.Security.Authentication;
using Addergate.AspNetCore.AccessLog;
using Addergate.AspNetCore.Logs;
using Addergate.AspNetCore.Responses;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>What becomes of a request that could not be passed on, or whose answer broke off: an error as long as no answer
/// has begun, else a reset, so that a part is never taken for the whole.</summary>
internal sealed class ForwardTrouble(ForwardTarget target, ForwardServices services)
{
    private const int LongestTarget = 500;

    private readonly Reminder _reminder = new(services.Time);

    /// <summary>Whether it is how networks, clients and targets fail; all else is a bug here.</summary>
    public static bool IsExpected(Exception failure) =>
        failure is HttpRequestException or IOException or OperationCanceledException or AuthenticationException
            or InvalidOperationException;

    /// <summary>Answers with an error.</summary>
    public void Refuse(HttpContext context, int status)
    {
        new ErrorResponse(status, services.ServerHeader).WriteTo(context);
        services.Departure.Announce(context);
        context.Features.Get<AccessRecord>()?.BodyBytes = -1;
    }

    /// <summary>Ends a request that failed.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="failure">What came of it.</param>
    /// <param name="clientFailure">What reading the client's body came to, or null.</param>
    /// <param name="patience">Not disposed yet.</param>
    public void Fail(HttpContext context, Exception failure, Exception? clientFailure, ForwardPatience patience)
    {
        var isSilent = patience.IsOver;
        // What still runs for it: a body that is being sent.
        patience.Cancel();
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Features.Get<AccessRecord>()?.IsClientGone = true;
        }
        else if (clientFailure is not null && !isSilent)
        {
            FailByClient(context, clientFailure);
        }
        else if (isSilent || failure is OperationCanceledException { InnerException: TimeoutException })
        {
            Fail(context, ForwardFailure.Silent, $"it was silent for {services.Timeout.TotalSeconds} s");
        }
        else if (failure is OperationCanceledException)
        {
            // The web server has noticed before its token says so.
            context.Features.Get<AccessRecord>()?.IsClientGone = true;
        }
        else
        {
            Fail(context, FailureOf(failure), Describe(failure));
        }
    }

    /// <summary>Ends a request that the target did not answer, or not to the end.</summary>
    public void Fail(HttpContext context, ForwardFailure failure, string reason)
    {
        var isTold = _reminder.IsDue(out var count);
        if (context.Response.HasStarted)
        {
            if (isTold)
            {
                ForwardLog.BrokenOff(services.Logger, target.ToString(), LineOf(context), reason, count);
            }

            context.Features.Get<AccessRecord>()?.IsCutOff = true;
            context.Abort();
            return;
        }

        if (isTold)
        {
            ForwardLog.NoAnswer(services.Logger, target.ToString(), LineOf(context), reason, count);
        }

        Refuse(context, failure == ForwardFailure.Silent ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway);
    }

    private void FailByClient(HttpContext context, Exception failure)
    {
        var record = context.Features.Get<AccessRecord>();
        if (failure is not BadHttpRequestException bad)
        {
            // A connection that was reset, which the reader of the body may learn before the request's own token.
            record?.IsClientGone = true;
            context.Abort();
        }
        else if (context.Response.HasStarted)
        {
            record?.IsCutOff = true;
            context.Abort();
        }
        else
        {
            Refuse(context, bad.StatusCode);
        }
    }

    private static ForwardFailure FailureOf(Exception failure) => failure is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError,
    }
        ? ForwardFailure.NotReached
        : ForwardFailure.Broken;

    private static string Describe(Exception failure)
    {
        // The innermost knows: "Connection refused", "The remote certificate is invalid because of errors in …".
        while (failure.InnerException is { } inner)
        {
            failure = inner;
        }

        return failure.Message.TrimEnd('.');
    }

    private static string LineOf(HttpContext context)
    {
        var text = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return text.Length <= LongestTarget
            ? $"{context.Request.Method} {text}"
            : $"{context.Request.Method} {text.AsSpan(0, LongestTarget)}…";
    }
}
