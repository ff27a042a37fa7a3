using System.Runtime.InteropServices;

namespace Addergate.Posix.Processes;

/// <summary>waitid(2). The result's siginfo_t is 128 bytes: code at 8, pid at 16, status at 24.</summary>
internal static unsafe partial class WaitId
{
    public const int All = 0;
    public const int Process = 1;
    public const int Group = 2;
    public const int NoHang = 1;
    public const int Exited = 4;
    public const int LeaveWaitable = 0x0100_0000;

    private const int InfoSize = 128;
    private const int CodeExited = 1;
    private const int CodeDumped = 3;

    /// <summary>Waits; sets errno when it returns false. With <see cref="NoHang"/> and nobody to report, the process is
    /// 0.</summary>
    public static bool TryWait(int idType, int id, int options, out int processId, out ExitStatus status)
    {
        var info = stackalloc byte[InfoSize];
        do
        {
            new Span<byte>(info, InfoSize).Clear();
            if (Wait(idType, id, info, options) == 0)
            {
                processId = *(int*)(info + 16);
                status = Read(*(int*)(info + 8), *(int*)(info + 24));
                return true;
            }
        }
        while (Marshal.GetLastPInvokeError() == Errno.Interrupted);

        processId = 0;
        status = default;
        return false;
    }

    private static ExitStatus Read(int code, int status) =>
        code == CodeExited ? new ExitStatus(status, 0, false) : new ExitStatus(0, status, code == CodeDumped);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int Wait(int idType, int id, byte* info, int options);
}
