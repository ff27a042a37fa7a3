using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Queue;
using Addergate.AspNetCore.Slots;
using Addergate.AspNetCore.Status;
using Addergate.AspNetCore.Tls;
using Addergate.Wire.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>Carries out the supervisor's messages, one after another, until DRAIN or the supervisor's end.</summary>
internal sealed partial class ControlLoop(
    ControlChannel control, WebApplication app, Closing closing, CertificateStore certificates)
{
    private readonly WorkerRegistry _workers = app.Services.GetRequiredService<WorkerRegistry>();
    private Task? _drained;

    /// <summary>Carries out what has arrived already. A new front end is told of the living workers right after
    /// CONFIGURE; their slots wait in the listener's backlog, and must not be accepted before it knows them.</summary>
    /// <returns>The process's exit code when it is to end, else null.</returns>
    public async Task<int?> CatchUpAsync()
    {
        int? exit = null;
        while (exit is null && control.HasPending)
        {
            exit = await CarryOutAsync(await control.ReadAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }

        return exit;
    }

    /// <summary>The process's exit code.</summary>
    public async Task<int> RunAsync()
    {
        while (true)
        {
            var reading = control.ReadAsync();
            // What happens to the workers matters while requests are being finished, too.
            if (_drained is { } drained && await Task.WhenAny(reading, drained).ConfigureAwait(false) == drained)
            {
                return 0;
            }

            if (await CarryOutAsync(await reading.ConfigureAwait(false)).ConfigureAwait(false) is { } exit)
            {
                return exit;
            }
        }
    }

    private async Task<int?> CarryOutAsync(ControlMessage? message)
    {
        switch (message)
        {
            case AdmitMessage admit:
                _workers.Admit(admit);
                break;
            case InForceMessage inForce:
                _workers.PutInForce(inForce);
                break;
            case WorkerMessage { Kind: ControlKind.Retire, Number: var worker }:
                _ = RetireAsync(worker);
                break;
            case WorkerMessage { Kind: ControlKind.Gone, Number: var worker }:
                _workers.Forget(worker);
                break;
            case CertificateMessage certificate:
                Replace(certificate);
                break;
            case TextMessage { Kind: ControlKind.Status } status:
                app.Services.GetRequiredService<SnapshotSource>().Take(status.Text);
                break;
            case AskThreadsMessage asked:
                var applications = app.Services.GetRequiredService<WsgiApplications>();
                var threads = ThreadFacts.Write(applications, asked.Application);
                await control.SendAsync(new ThreadsMessage(asked.ProcessId, threads)).ConfigureAwait(false);
                break;
            case SignalMessage { Kind: ControlKind.Ping }:
                await control.SendAsync(new SignalMessage(ControlKind.Pong)).ConfigureAwait(false);
                break;
            case SignalMessage { Kind: (ControlKind.Drain or ControlKind.HandOver) and var kind }:
                _drained ??= DrainAsync(portsLiveOn: kind == ControlKind.HandOver);
                break;
            case null:
                // Nobody owns this process any more. The running requests' workers end the same way at the same moment.
                return 1;
            case var other:
                UnexpectedMessage(app.Logger, other.Kind);
                break;
        }

        return null;
    }

    private void Replace(CertificateMessage message)
    {
        if (certificates.TryReplace(message) is { } problem)
        {
            CertificateKept(app.Logger, problem);
        }
        else
        {
            CertificateReplaced(app.Logger);
        }
    }

    // Not awaited by the loop: a retired worker's last request may take minutes, and the other messages must not wait.
    private async Task RetireAsync(uint worker)
    {
        await _workers.RetireAsync(worker).ConfigureAwait(false);
        // It ends now: what it has served since the last report would be counted nowhere.
        await control.SendAsync(app.Services.GetRequiredService<LoadReporter>().Measure()).ConfigureAwait(false);
        await control.SendAsync(new WorkerMessage(ControlKind.Retired, worker)).ConfigureAwait(false);
    }

    private async Task DrainAsync(bool portsLiveOn)
    {
        await closing.RunAsync(portsLiveOn).ConfigureAwait(false);
        await control.SendAsync(new SignalMessage(ControlKind.Drained)).ConfigureAwait(false);
    }

    [LoggerMessage(1000, LogLevel.Warning, "The supervisor sent {Kind}, which a running front end does not expect.")]
    private static partial void UnexpectedMessage(ILogger logger, ControlKind kind);

    [LoggerMessage(1001, LogLevel.Information, "The certificate was replaced; new connections use it.")]
    private static partial void CertificateReplaced(ILogger logger);

    [LoggerMessage(1002, LogLevel.Error, "The new certificate cannot be used, the old one stays: {Problem}.")]
    private static partial void CertificateKept(ILogger logger, string problem);
}
