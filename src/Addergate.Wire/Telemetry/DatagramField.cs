namespace Addergate.Wire.Telemetry;

/// <summary>The fields of datagrams that Addergate knows something for; the numbers are mod_wsgi 6's. Durations are in seconds,
/// moments in seconds since the epoch.</summary>
public enum DatagramField : ushort
{
    /// <summary>Where mod_wsgi names Apache: what serves.</summary>
    ServerVersion = 3,
    HostName = 5,
    ProcessGroup = 6,
    ParentProcess = 7,

    SamplePeriod = 10,
    Interval = 11,
    SlowThreshold = 12,

    RequestCount = 20,
    Throughput = 21,
    Utilization = 22,

    CpuUtilization = 32,
    CpuTime = 37,

    ResidentMemory = 40,

    MostThreads = 50,
    ConnectedThreads = 51,
    BusyThreads = 52,

    /// <summary>Means; the same phase is 10 further for the shortest, 20 for the longest and 30 for the histogram.</summary>
    FrontEndTime = 60,
    QueueTime = 61,
    ApplicationTime = 63,
    WholeTime = 64,

    BytesIn = 100,
    BytesOut = 102,

    /// <summary>For each request thread.</summary>
    Elapsed = 113,

    /// <summary>1xx; the other classes follow.</summary>
    StatusClasses = 120,

    ShutdownReason = 130,
    Uptime = 131,
    LifetimeRequests = 132,
    RunningAtDecision = 133,
    RunningAtExit = 134,
    IsGraceful = 135,

    SlowState = 200,
    SlowStart = 201,
    SlowSeconds = 202,
    SlowThread = 203,
    SlowRequestId = 204,
    SlowServer = 205,

    SlowMethod = 210,
    SlowScheme = 211,
    SlowHost = 212,
    SlowScriptName = 213,
    SlowPath = 214,
    SlowProtocol = 215,
    SlowClient = 216,
    SlowUserAgent = 217,

    SlowFrontEnd = 220,
    SlowQueue = 221,
    SlowApplication = 223,

    SlowBytesIn = 230,
    SlowBytesOut = 232,

    SlowStatus = 240,
}
