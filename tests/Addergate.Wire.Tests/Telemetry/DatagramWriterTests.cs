using System.Buffers.Binary;
using System.Text;
using Addergate.Wire.Frames;
using Addergate.Wire.Telemetry;

namespace Addergate.Wire.Tests.Telemetry;

/// <summary>Read back by a reader that knows of the format only what mod_wsgi's documentation says.</summary>
public sealed class DatagramWriterTests
{
    private static DatagramWriter Begun()
    {
        var writer = new DatagramWriter(new FrameBuffer());
        writer.Begin(DatagramKind.Requests, 4711, 3, 1234.5);
        return writer;
    }

    [Fact]
    public void The_head_is_24_bytes() => Assert.Equal(
        Convert.FromHexString("57534749" + "01" + "02" + "0000" + "67120000" + "03000000" + "00000000004A9340"),
        Begun().Written.ToArray());

    [Fact]
    public void Every_type_is_read_as_written()
    {
        var writer = Begun();
        writer.Add(DatagramField.RequestCount, 7L);
        writer.Add(DatagramField.Throughput, 2.5);
        writer.Add(DatagramField.HostName, "häuschen");
        writer.Add(DatagramField.ProcessGroup, "");
        writer.Add(DatagramField.FrontEndTime, (int[])[1, -2, 3]);
        writer.Add(DatagramField.Elapsed, (double[])[0, 1.5]);
        Assert.Equal(
            [(20, "7"), (21, "2.5"), (5, "häuschen"), (60, "1 -2 3"), (113, "0 1.5")], Fields(writer.Written));
    }

    [Fact]
    public void What_does_not_fit_is_left_out_as_a_whole()
    {
        var writer = Begun();
        writer.Add(DatagramField.HostName, new string('x', DatagramWriter.MostBytes - 60));
        writer.Add(DatagramField.ProcessGroup, new string('y', 100));
        writer.Add(DatagramField.RequestCount, 7L);
        Assert.Equal([5, 20], Fields(writer.Written).Select(static field => field.Id));
        writer = Begun();
        writer.Add(DatagramField.Elapsed, new double[1000]);
        Assert.Equal(DatagramWriter.MostItems, Fields(writer.Written).Single().Value.Split(' ').Length);
    }

    [Fact]
    public void A_histogram_begins_at_a_millisecond_there()
    {
        var durations = new DurationHistogram();
        foreach (var seconds in (double[])[0.0001, 0.0009, 0.001, 0.00125, 60, 100])
        {
            durations.Add(seconds);
        }

        var counts = durations.FromMillisecond();
        Assert.Equal(65, counts.Length);
        Assert.Equal([3, 1, 1, 1], [counts[0], counts[1], counts[63], counts[64]]);
    }

    private static List<(int Id, string Value)> Fields(ReadOnlySpan<byte> datagram)
    {
        var fields = new List<(int, string)>();
        for (var rest = datagram[24..]; !rest.IsEmpty;)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            var type = rest[2];
            var value = rest[3..];
            var size = 8;
            var count = 1;
            if (type > 3)
            {
                count = BinaryPrimitives.ReadUInt16LittleEndian(value);
                value = value[2..];
                size = count * type switch { 4 => 1, 5 => 4, _ => 8 };
            }

            var text = "";
            for (var i = 0; i < count; i++)
            {
                text += type switch
                {
                    1 => $" {BinaryPrimitives.ReadUInt64LittleEndian(value)}",
                    2 => FormattableString.Invariant($" {BinaryPrimitives.ReadDoubleLittleEndian(value)}"),
                    4 => i == 0 ? " " + Encoding.UTF8.GetString(value[..count]) : "",
                    5 => $" {BinaryPrimitives.ReadInt32LittleEndian(value[(4 * i)..])}",
                    6 => FormattableString.Invariant($" {BinaryPrimitives.ReadDoubleLittleEndian(value[(8 * i)..])}"),
                    _ => throw new InvalidDataException($"type {type}"),
                };
            }

            fields.Add((id, text.Trim()));
            rest = value[size..];
        }

        return fields;
    }
}
