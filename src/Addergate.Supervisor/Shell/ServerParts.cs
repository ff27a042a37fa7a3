using Addergate.Supervisor.Certificates;
using Addergate.Supervisor.Endpoints;
using Addergate.Supervisor.Logs;

namespace Addergate.Supervisor.Shell;

/// <summary>What was opened before the first child is started.</summary>
internal sealed record ServerParts(
    SupervisorPlan Plan,
    ServerEndpoints Endpoints,
    CertificateFiles Certificates,
    ServerLogs Logs,
    ChildLauncher Launcher,
    TimeProvider Time);
