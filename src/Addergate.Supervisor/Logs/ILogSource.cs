using System.Runtime.InteropServices;

namespace Addergate.Supervisor.Logs;

/// <summary>Something that <see cref="LogCollector"/> reads from, on its thread.</summary>
internal interface ILogSource
{
    /// <summary>Non-blocking; the collector disposes of it at the end of the stream.</summary>
    SafeHandle Handle { get; }

    /// <summary>Whether <see cref="OnQuiet"/> would give out something.</summary>
    bool HasPartial { get; }

    void OnBytes(ReadOnlySpan<byte> bytes);

    /// <summary>Nothing came for a while, or the end did.</summary>
    void OnQuiet();
}
