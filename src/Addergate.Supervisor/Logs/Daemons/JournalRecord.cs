using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Addergate.Supervisor.Logs.Daemons;

/// <summary>Builds one record in the journal's native protocol: <c>NAME=value</c> and a newline, or where the value has newlines
/// itself the name, a newline, its length in 64 bits, the value and a newline. So a value can forge no field.</summary>
internal sealed class JournalRecord(int severity, int facility, string tag)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    public JournalRecord Begin() => Add("PRIORITY", severity.ToString()).Add("SYSLOG_FACILITY", facility.ToString())
        .Add("SYSLOG_IDENTIFIER", tag);

    /// <param name="name">Capitals, digits and underscores.</param>
    /// <param name="value">Left out where it is empty.</param>
    public JournalRecord Add(string name, string value) => Add(name, Encoding.UTF8.GetBytes(value));

    /// <inheritdoc cref="Add(string, string)"/>
    public JournalRecord Add(string name, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return this;
        }

        _bytes.Write(Encoding.ASCII.GetBytes(name));
        if (value.Contains((byte)'\n'))
        {
            _bytes.Write("\n"u8);
            BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value.Length);
            _bytes.Advance(sizeof(long));
        }
        else
        {
            _bytes.Write("="u8);
        }

        _bytes.Write(value);
        _bytes.Write("\n"u8);
        return this;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
