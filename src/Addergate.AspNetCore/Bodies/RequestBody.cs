using Addergate.Wire.Requests;

namespace Addergate.AspNetCore.Bodies;

/// <summary>
/// A request body as the worker gets it. One reader at a time. Disposing gives back memory, file and budgets; the
/// owner is the exchange, and disposes only when no read is under way.
/// </summary>
internal abstract class RequestBody : IDisposable
{
    /// <summary>Bytes, or -1 when it is not known.</summary>
    public abstract long Length { get; }

    /// <summary>How it travels.</summary>
    public abstract RequestBodyMode Mode { get; }

    /// <summary>The whole body, for <see cref="RequestBodyMode.Inline"/>.</summary>
    public virtual IReadOnlyList<ReadOnlyMemory<byte>> Inline => [];

    /// <summary>Reads on, at least one byte unless the body is over. A client's failure is in the result, never an
    /// exception.</summary>
    public abstract ValueTask<BodyPiece> ReadAsync(Memory<byte> destination);

    /// <summary>Back to the first byte: the request is sent again, and nobody has read from the body.</summary>
    public virtual void Rewind()
    {
    }

    public abstract void Dispose();
}
