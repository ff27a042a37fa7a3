using Addergate.Posix.Files;

namespace Addergate.Supervisor.Logs.Daemons;

/// <summary>Whether a standard stream of this process leads into the journal, as systemd says in <c>JOURNAL_STREAM</c>: device and
/// inode, to be compared, since the variable outlives a redirection.</summary>
internal static class JournalStream
{
    public static bool Is(int descriptor, string? variable) =>
        variable?.Split(':') is [var device, var inode]
        && ulong.TryParse(device, out var wantedDevice)
        && ulong.TryParse(inode, out var wantedInode)
        && FileIdentity.TryGet(descriptor, out var actualDevice, out var actualInode)
        && (actualDevice, actualInode) == (wantedDevice, wantedInode);
}
