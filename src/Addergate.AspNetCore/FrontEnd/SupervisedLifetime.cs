using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>
/// The front end ends when the supervisor says so. Signals that reach it by a whole process group or by somebody's
/// <c>kill</c> are ignored, since the supervisor would only see a server that died under its clients.
/// </summary>
internal sealed class SupervisedLifetime : IHostLifetime, IDisposable
{
    private readonly PosixSignalRegistration[] _ignored =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, static context => context.Cancel = true),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, static context => context.Cancel = true),
    ];

    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var registration in _ignored)
        {
            registration.Dispose();
        }
    }
}
