using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Logs;

namespace Addergate.Supervisor.Shell;

/// <summary>A worker that a template is to fork.</summary>
/// <param name="Worker">Without a pid as yet.</param>
/// <param name="Streams">What it is born with.</param>
/// <param name="Lines">Told what it writes.</param>
internal sealed record PendingFork(Child Worker, ChildStreams Streams, LastLines Lines);
