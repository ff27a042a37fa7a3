namespace Addergate.Supervisor.Logs.Daemons;

/// <summary>Makes a record of the system's log of a line of the access log.</summary>
internal interface ILineForm
{
    /// <param name="line">Without its end.</param>
    byte[] Write(ReadOnlySpan<byte> line);
}
