using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Addergate.Python;
using Addergate.Worker.Module;

namespace Addergate.Worker;

/// <summary>Where Python enters: python/addergate/_runtime.py finds <see cref="Start"/> with
/// coreclr_create_delegate and calls it once, with the GIL held.</summary>
public static unsafe class EntryPoint
{
    /// <summary>Binds the C API and puts the module <c>_addergate</c> into <c>sys.modules</c>.</summary>
    /// <param name="libraryName">NUL-terminated file name of this Python's shared library.</param>
    /// <param name="error">Gets the reason for people, UTF-8 and NUL-terminated.</param>
    /// <param name="errorSize">Bytes in <paramref name="error"/>.</param>
    /// <returns>1, or 0 with the reason.</returns>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Start(byte* libraryName, byte* error, int errorSize)
    {
        try
        {
            CPython.Bind(Marshal.PtrToStringUTF8((nint)libraryName) ?? "");
            WorkerModule.Install();
            return 1;
        }
        catch (Exception exception)
        {
            var room = new Span<byte>(error, errorSize - 1);
            Encoding.UTF8.TryGetBytes(exception.Message, room, out var written);
            error[written] = 0;
            return 0;
        }
    }
}
