namespace Addergate.Worker.Wsgi;

/// <summary>Why the body of a request cannot be read any further.</summary>
internal enum BodyFailure
{
    None = 0,

    /// <summary>The client went away first.</summary>
    Disconnected,

    /// <summary>It is larger than the limit.</summary>
    TooLarge,

    /// <summary>It is not valid HTTP, or came too slowly.</summary>
    Invalid,

    /// <summary>The front end died.</summary>
    Lost,
}
