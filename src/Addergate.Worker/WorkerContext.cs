using System.Runtime.InteropServices;
using Addergate.Python.Ownership;
using Addergate.Wire.Logs;
using Addergate.Worker.Slots;
using Addergate.Worker.Wsgi;

namespace Addergate.Worker;

/// <summary>What this worker is: set once by <c>configure</c>, before any request thread runs, and only read after
/// that.</summary>
internal sealed unsafe class WorkerContext
{
    /// <summary>The control socket's descriptor (docs/design/0001-process-model.md).</summary>
    internal const int ControlSocket = 3;

    /// <summary>The log socket's descriptor.</summary>
    internal const int LogSocket = 4;

    /// <summary>The one context: functions that Python calls carry no state of ours.</summary>
    internal static WorkerContext Current { get; set; } = new();

    internal uint Worker { get; init; }

    internal uint Generation { get; init; }

    internal ulong NonceHigh { get; init; }

    internal ulong NonceLow { get; init; }

    /// <summary>Path of the front end's slot listener.</summary>
    internal string SlotSocket { get; init; } = "";

    /// <summary>How long exit handlers may take.</summary>
    internal TimeSpan ShutdownTimeout { get; init; }

    /// <summary>Records below it are not sent.</summary>
    internal LogLevelCode LogLevel { get; init; }

    /// <summary>Write end of the pipe in which the main thread waits; a zero byte means stop.</summary>
    internal int WakePipe { get; init; }

    /// <summary>Readable from the moment that the slots are to end.</summary>
    internal int StopPipeRead { get; init; }

    /// <summary>The other end of <see cref="StopPipeRead"/>.</summary>
    internal int StopPipeWrite { get; init; }

    /// <summary>The WSGI callable.</summary>
    internal Kept Application { get; init; }

    /// <summary>Dict of what is the same in every environ.</summary>
    internal Kept EnvironTemplate { get; init; }

    /// <summary><c>io.BytesIO</c>.</summary>
    internal Kept BytesIO { get; init; }

    /// <summary>Makes a reader for a body on demand from an exchange's token.</summary>
    internal Kept OpenInput { get; init; }

    /// <summary>The class behind <c>wsgi.file_wrapper</c>.</summary>
    internal Kept FileWrapper { get; init; }

    /// <summary>(descriptor, offset, size) of a file wrapper whose file C# can read, or None.</summary>
    internal Kept FileRange { get; init; }

    /// <summary>Logs (value, traceback, environ, what was being done).</summary>
    internal Kept LogException { get; init; }

    /// <summary>Flushes <c>wsgi.errors</c> of the calling thread.</summary>
    internal Kept FlushErrors { get; init; }

    /// <summary>The class <c>mod_wsgi.RequestTimeout</c>.</summary>
    internal Kept RequestTimeout { get; init; }

    /// <summary>Runs bytecode until an asynchronous exception ends it.</summary>
    internal Kept SettleTimeout { get; init; }

    /// <summary>Logs (thread, request id, request line) with the thread's stack.</summary>
    internal Kept LogOverdue { get; init; }

    /// <summary>The same for a request that goes on.</summary>
    internal Kept LogSlow { get; init; }

    /// <summary>Whether HEAD is GET in the environ.</summary>
    internal bool MapHeadToGet { get; init; }

    /// <summary>Whether the front end sends the files that response headers name.</summary>
    internal bool HandsOverFiles { get; init; }

    /// <summary>Interned keys.</summary>
    internal EnvironNames Names { get; init; } = EnvironNames.None;

    /// <summary>One for each request thread.</summary>
    internal RequestThread[] Slots { get; private set; } = [];

    /// <summary>The memory that is shared with the front end.</summary>
    internal ClaimPage? Claims { get; private set; }

    /// <summary>The slots' sockets by index, -1 where there is none. A forked child closes what it finds here without
    /// entering C#.</summary>
    internal int* Descriptors { get; private set; }

    internal void MakeSlots(int count)
    {
        Descriptors = (int*)NativeMemory.Alloc((nuint)count, sizeof(int));
        new Span<int>(Descriptors, count).Fill(-1);
        Claims = ClaimPage.Create(count);
        Slots = new RequestThread[count];
        for (var index = 0; index < count; index++)
        {
            Slots[index] = new RequestThread(this, index);
        }
    }
}
