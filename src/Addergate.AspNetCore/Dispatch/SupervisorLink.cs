using Addergate.Wire.Control;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>What the dispatch has to tell of the workers: requests that run for too long, workers that have served
/// enough, the load. Until somebody listens it is nobody's concern. Thread-safe.</summary>
internal sealed class SupervisorLink
{
    private volatile Action<ControlMessage>? _listener;

    /// <param name="listener">Called on any thread, with no lock held; must not block.</param>
    public void Attach(Action<ControlMessage> listener) => _listener = listener;

    public void Tell(ControlMessage message) => _listener?.Invoke(message);
}
