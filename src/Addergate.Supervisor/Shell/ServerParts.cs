using Addergate.Supervisor.Administration;
using Addergate.Supervisor.Certificates;
using Addergate.Supervisor.Endpoints;
using Addergate.Supervisor.Handover;
using Addergate.Supervisor.Logs;
using Addergate.Supervisor.Systemd;

namespace Addergate.Supervisor.Shell;

/// <summary>What was opened before the first child is started.</summary>
internal sealed record ServerParts(
    SupervisorPlan Plan,
    ServerEndpoints Endpoints,
    CertificateFiles Certificates,
    ServerLogs Logs,
    ChildLauncher Launcher,
    ServiceManager Manager,
    ServerMarks Marks,
    Predecessor? Predecessor,
    TimeProvider Time);
