namespace Addergate.Worker.Wsgi;

/// <summary>How far the response of an exchange is.</summary>
internal enum ResponseStage
{
    /// <summary>start_response has not been called.</summary>
    NoHead,

    /// <summary>start_response was called; its head is in the output and may still be replaced.</summary>
    HeadReady,

    /// <summary>The head is on its way and is final.</summary>
    HeadSent,

    /// <summary>A terminal frame is sent or in the output.</summary>
    Ended,
}
