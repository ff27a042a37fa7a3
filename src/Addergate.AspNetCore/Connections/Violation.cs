namespace Addergate.AspNetCore.Connections;

/// <summary>Why the gate refused a connection's bytes. Each has its rule in the type that finds it.</summary>
internal enum Violation
{
    None = 0,
    BareCarriageReturn,
    BareLineFeed,
    ControlCharacter,
    EmptyLinesBeforeRequest,
    RequestLine,
    Method,
    Target,
    FieldName,
    FoldedLine,
    MissingHost,
    RepeatedHost,
    Host,
    RepeatedContentType,
    ContentLength,
    RepeatedContentLength,
    TransferEncoding,
    TransferEncodingWithContentLength,
    ChunkSize,
    ChunkExtension,
    ChunkEnd,
    ChunkLineTooLong,
    TrailerField,
    TrailersTooLong,

    /// <summary>No rule of the syntax: the head took too long.</summary>
    SlowHead,
}
