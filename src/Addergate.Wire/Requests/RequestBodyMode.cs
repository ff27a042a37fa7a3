namespace Addergate.Wire.Requests;

/// <summary>How the body of a request reaches the worker.</summary>
public enum RequestBodyMode : byte
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>Whole, behind the head in the same frame.</summary>
    Inline = 1,

    /// <summary>The worker asks for it with READ frames.</summary>
    OnDemand = 2,
}
