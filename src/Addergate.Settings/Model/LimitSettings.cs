namespace Addergate.Settings.Model;

/// <summary>What clients may send and how much is held for them.</summary>
public sealed record LimitSettings
{
    /// <summary>Largest request body in bytes; 0 = no limit.</summary>
    public required long RequestBody { get; init; }

    /// <summary>Whether request bodies are taken in before a slot is used.</summary>
    public required bool RequestBuffering { get; init; }

    /// <summary>Bytes of one request's body kept in memory before it goes to a spool file.</summary>
    public required int RequestBodyInMemory { get; init; }

    /// <summary>Bytes of one response held for a slow client before the application has to wait.</summary>
    public required int ResponseBuffer { get; init; }

    /// <summary>Bytes held in memory for all requests and responses together.</summary>
    public required long TotalMemory { get; init; }

    /// <summary>Bytes of all spool files together.</summary>
    public required long TotalSpool { get; init; }
}
