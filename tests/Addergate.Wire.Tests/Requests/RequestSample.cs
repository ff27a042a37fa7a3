using Addergate.Wire.Frames;
using Addergate.Wire.Requests;
using FsCheck;
using FsCheck.Fluent;

namespace Addergate.Wire.Tests.Requests;

/// <summary>A generated request: what a front end might send.</summary>
internal sealed record RequestSample(RequestHead Head, RequestItem[] Items, byte[] Body)
{
    public static Gen<RequestSample> Any { get; } =
        from number in Property.UInt64
        from length in Gen.OneOf(Gen.Constant(-1L), Property.UInt64.Select(static v => (long)(v >> 1)))
        from start in Property.UInt32
        from queued in Property.UInt32
        from mode in Gen.Elements(RequestBodyMode.None, RequestBodyMode.Inline, RequestBodyMode.OnDemand)
        from secure in Gen.Elements(true, false)
        from items in AnyItem.ArrayOf()
        from body in Property.Bytes
        select new RequestSample(
            new RequestHead(Math.Max(number, 1), length, start / 7.0, queued / 7.0, mode, secure), items, body);

    private static Gen<RequestItem> AnyItem =>
        from key in Gen.Choose(0, CgiKeys.Count - 1)
        from name in Property.Bytes
        from value in Property.Bytes
        select new RequestItem((CgiKey)key, key == 0 ? name : [], value);

    /// <summary>The whole frame.</summary>
    public byte[] Write()
    {
        var buffer = new FrameBuffer(initialCapacity: 8);
        var writer = RequestHeadWriter.Begin(buffer, Head);
        foreach (var item in Items)
        {
            if (item.Key == CgiKey.Custom)
            {
                writer.Add(item.Name, item.Value);
            }
            else
            {
                writer.Add(item.Key, item.Value);
            }
        }

        writer.End(Body);
        return buffer.Written.ToArray();
    }
}
