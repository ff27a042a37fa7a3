namespace Addergate.AspNetCore.Connections;

/// <summary>Where in a connection's HTTP/1 messages the next byte belongs.</summary>
internal enum FramingState
{
    /// <summary>Before a request line, or in it.</summary>
    RequestLine,

    /// <summary>In a header line, or the empty line that ends the head.</summary>
    HeaderLine,

    /// <summary>In a body of a known length.</summary>
    Content,

    /// <summary>In the line that gives a chunk's size.</summary>
    ChunkSize,

    /// <summary>In a chunk's data.</summary>
    ChunkData,

    /// <summary>In the CRLF behind a chunk's data.</summary>
    ChunkEnd,

    /// <summary>In a trailer line, or the empty line that ends the body.</summary>
    TrailerLine,

    /// <summary>Behind an upgrade: whatever it is, it is no HTTP.</summary>
    Tunnel,

    /// <summary>Nothing more is passed on: the server has what makes it refuse the request by itself.</summary>
    Sealed,
}
