using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>The first message to a front end.</summary>
/// <param name="SettingsJson">The resolved settings; <c>Addergate.Settings</c> reads them.</param>
/// <param name="SlotListener">Descriptor of the Unix socket on which slots connect.</param>
/// <param name="Listeners">Descriptors of the ports.</param>
public sealed record ConfigureMessage(
    string SettingsJson,
    int SlotListener,
    IReadOnlyList<InheritedListener> Listeners) : ControlMessage(ControlKind.Configure)
{
    private protected override void WritePayload(FrameBuffer buffer)
    {
        WriteString(buffer, SettingsJson);
        buffer.WriteUInt32((uint)SlotListener);
        buffer.WriteUInt16((ushort)Listeners.Count);
        foreach (var listener in Listeners)
        {
            buffer.WriteUInt32((uint)listener.Descriptor);
            buffer.WriteByte((byte)listener.Use);
        }
    }

    internal static ConfigureMessage? Read(ref SpanReader reader)
    {
        if (!reader.TryTakeString(out var json)
            || !reader.TryTakeUInt32(out var slotListener)
            || !reader.TryTakeUInt16(out var count) || count > WireLimits.MaxHeadItems)
        {
            return null;
        }

        var listeners = new InheritedListener[count];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryTakeUInt32(out var descriptor) || !reader.TryTakeByte(out var use)
                || use > (byte)ListenerUse.Telemetry)
            {
                return null;
            }

            listeners[i] = new InheritedListener((int)descriptor, (ListenerUse)use);
        }

        return new ConfigureMessage(json, (int)slotListener, listeners);
    }
}
