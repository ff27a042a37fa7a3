using System.Runtime.InteropServices;
using Addergate.Posix.Processes;

namespace Addergate.Supervisor.Shell;

/// <summary>Turns the supervisor's signals into calls, instead of what the system or .NET would do with them.</summary>
internal sealed class SignalInbox : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <param name="received">Called on a thread of the runtime for each signal.</param>
    public SignalInbox(Action<Signal> received)
    {
        // A resized terminal is nobody's business here, but its default for a handler-less .NET program is harmless
        // only by accident: taken, it stays without effect.
        Signal[] signals =
        [
            Signal.Child, Signal.Terminate, Signal.Interrupt, Signal.Quit, Signal.Hangup, Signal.User1,
            Signal.User2, Signal.TerminalInput, Signal.TerminalOutput, Signal.WindowChange,
        ];
        foreach (var signal in signals)
        {
            // Numbers above zero are the system's own.
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)(int)signal, context =>
            {
                context.Cancel = true;
                received(signal);
            }));
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }
}
