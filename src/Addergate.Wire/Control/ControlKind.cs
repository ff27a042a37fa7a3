namespace Addergate.Wire.Control;

/// <summary>What a message on a control socket is. S supervisor, F front end, W worker.</summary>
public enum ControlKind : byte
{
    None = 0,

    /// <summary>S→F, first message: resolved settings and inherited descriptors.</summary>
    Configure = 1,

    /// <summary>S→F: certificate chain and key in PEM; again whenever the files change.</summary>
    Certificate = 2,

    /// <summary>S→F: a worker was started; its slots may connect.</summary>
    Admit = 3,

    /// <summary>S→F: the generation of an application that gets requests.</summary>
    InForce = 4,

    /// <summary>S→F: send this worker nothing more, say GOODBYE on each slot as it becomes idle.</summary>
    Retire = 5,

    /// <summary>S→F: this worker has ended; forget it.</summary>
    Gone = 6,

    /// <summary>S→F: stop accepting, finish what runs, answer <see cref="Drained"/> and end.</summary>
    Drain = 7,

    /// <summary>S→W, first message: the worker's plan as JSON, read by the Python bootstrap.</summary>
    Start = 8,

    /// <summary>S→W: wake the slots, run exit handlers and end. Says why, one of the recycling reasons.</summary>
    Stop = 9,

    /// <summary>S→F or S→W: answer with PONG.</summary>
    Ping = 10,

    /// <summary>S→W: this request has run for longer than it may; raise an exception in its thread.</summary>
    Interrupt = 11,

    /// <summary>S→F: as <see cref="Drain"/>, but the ports stay open in another process, which serves whoever waits there.
    /// </summary>
    HandOver = 12,

    /// <summary>S→W: log what this request does.</summary>
    Describe = 13,

    /// <summary>S→F or S→W: answer to <see cref="AskStatus"/>, a snapshot of the server as JSON.</summary>
    Status = 14,

    /// <summary>S→F: what do the request threads do? For a process that asked, which may know of the requests of one
    /// application.</summary>
    AskThreads = 15,

    /// <summary>F→S or W→S: answer to PING.</summary>
    Pong = 32,

    /// <summary>F→S: listening. W→S: the application is loaded and the request threads run.</summary>
    Ready = 33,

    /// <summary>F→S or W→S: it could not start, with the reason for people.</summary>
    Failed = 34,

    /// <summary>F→S: every slot of a retired worker was told GOODBYE.</summary>
    Retired = 35,

    /// <summary>F→S: nothing is in flight any more.</summary>
    Drained = 36,

    /// <summary>F→S: a request has run for longer than it may; its client was answered.</summary>
    Overdue = 37,

    /// <summary>F→S: an interrupted request has not ended in time, so its worker cannot be trusted with others.</summary>
    Stuck = 38,

    /// <summary>F→S: this worker has been given as many requests as it may serve. Said once.</summary>
    WornOut = 39,

    /// <summary>F→S: what the workers do and what waits for them; once a second while it changes.</summary>
    Load = 40,

    /// <summary>W→S: somebody sent it SIGUSR1, and it asks to be replaced.</summary>
    Evict = 41,

    /// <summary>W→S, first message of a worker that a template forked: its pid.</summary>
    Forked = 42,

    /// <summary>W→S: files of modules that were imported since the last time, a line each (--reload-on-changes).</summary>
    Sources = 43,

    /// <summary>F→S: a request has run for so long that it is to be described.</summary>
    Slow = 44,

    /// <summary>F→S or W→S: how is the server?</summary>
    AskStatus = 45,

    /// <summary>F→S: answer to <see cref="AskThreads"/>.</summary>
    Threads = 46,
}
