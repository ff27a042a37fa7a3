namespace Addergate.Wire.Telemetry;

/// <summary>What a datagram to a collector tells; the numbers are mod_wsgi 6's. It has 1 and 3 too, which
/// neither it nor Addergate sends: its collector would take them for another sample.</summary>
public enum DatagramKind : byte
{
    /// <summary>A worker and its requests in one interval.</summary>
    Requests = 2,

    SlowRequest = 4,

    ProcessStarted = 5,

    ProcessStopping = 6,

    ProcessStopped = 7,
}
