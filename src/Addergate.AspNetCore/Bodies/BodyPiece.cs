using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.Bodies;

/// <summary>What one read of a request body gave.</summary>
/// <param name="Count">Bytes; 0 when the body is over.</param>
/// <param name="IsLast">Nothing follows these bytes, and the body is whole.</param>
/// <param name="Ending">With 0 bytes: how the body ended. None is a good end.</param>
internal readonly record struct BodyPiece(int Count, bool IsLast, FrameFlags Ending)
{
    public static BodyPiece End(FrameFlags ending) => new(0, true, ending);
}
