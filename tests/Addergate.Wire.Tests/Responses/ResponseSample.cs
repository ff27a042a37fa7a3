using System.Text;
using Addergate.Wire.Frames;
using Addergate.Wire.Responses;
using FsCheck;
using FsCheck.Fluent;

namespace Addergate.Wire.Tests.Responses;

/// <summary>A generated response: what a worker might send.</summary>
internal sealed record ResponseSample(ushort Status, byte[] Reason, (byte[] Name, byte[] Value)[] Headers, byte[] Body)
{
    public static Gen<ResponseSample> Any { get; } =
        from status in Gen.Choose(100, 999)
        from reason in Property.Bytes
        from headers in AnyHeader.ArrayOf()
        from body in Property.Bytes
        select new ResponseSample((ushort)status, reason, headers, body);

    private static Gen<(byte[] Name, byte[] Value)> AnyHeader =>
        from known in Gen.Choose(0, ResponseHeaders.Count - 1)
        from custom in Property.Bytes
        from value in Property.Bytes
        let name = known == 0 ? [(byte)'x', .. custom] : Encoding.ASCII.GetBytes(ResponseHeaders.Names[known])
        select (name, value);

    /// <summary>The payload without the frame's header, and where the body begins in it.</summary>
    public byte[] WritePayload(out int headSize)
    {
        var buffer = new FrameBuffer(initialCapacity: 8);
        var writer = ResponseHeadWriter.Begin(buffer, Status, Reason);
        foreach (var (name, value) in Headers)
        {
            writer.Add(name, value);
        }

        writer.EndHead();
        headSize = buffer.Length - WireLimits.HeaderSize;
        buffer.WriteBytes(Body);
        buffer.EndFrame();
        return buffer.Written[WireLimits.HeaderSize..].ToArray();
    }
}
