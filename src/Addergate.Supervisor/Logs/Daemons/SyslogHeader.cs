using System.Globalization;
using System.Text;

namespace Addergate.Supervisor.Logs.Daemons;

/// <summary>
/// What stands before a record on the local syslog socket: <c>&lt;PRI&gt;TAG[PID]: </c>. No daemon agrees with another about more
/// than that there (RFC 5424 is for the network); the time is the receiver's, which knows it as well.
/// </summary>
internal sealed class SyslogHeader(int facility, string tag)
{
    public byte[] Write(int severity, int process) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"<{(facility * 8) + severity}>{tag}[{process}]: "));
}
