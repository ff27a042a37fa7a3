namespace Addergate.AspNetCore.Forwarding;

/// <summary>Why a request was not passed on to its end.</summary>
internal enum ForwardFailure
{
    None,

    /// <summary>The client went away.</summary>
    ClientGone,

    /// <summary>The client's body broke off, was too large, or took too long.</summary>
    ClientBody,

    /// <summary>The target cannot be reached, or its certificate is not right.</summary>
    NotReached,

    /// <summary>The target closed the connection, or what it sent is no answer.</summary>
    Broken,

    /// <summary>The target was silent for too long.</summary>
    Silent,
}
