using System.Net.Sockets;
using System.Text;
using Addergate.Posix.Files;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Sockets;

/// <summary>
/// The address of a Unix socket in a directory, also where its path is longer than an address can be
/// (<see cref="UnixStream.MaxPath"/>): then it goes through <c>/proc/self/fd</c>, and is valid until this is disposed of.
/// </summary>
public sealed class SocketName : IDisposable
{
    private readonly SafeFileHandle? _directory;

    private SocketName(string path, SafeFileHandle? directory)
    {
        EndPoint = new UnixDomainSocketEndPoint(path);
        _directory = directory;
    }

    public UnixDomainSocketEndPoint EndPoint { get; }

    /// <summary>Null with errno when the directory cannot be opened.</summary>
    public static SocketName? In(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        if (Encoding.UTF8.GetByteCount(path) <= UnixStream.MaxPath)
        {
            return new SocketName(path, null);
        }

        var handle = DirectoryHandle.Open(directory);
        return handle is null ? null : new SocketName($"/proc/self/fd/{handle.DangerousGetHandle()}/{name}", handle);
    }

    public void Dispose() => _directory?.Dispose();
}
