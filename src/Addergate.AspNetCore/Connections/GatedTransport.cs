using System.IO.Pipelines;

namespace Addergate.AspNetCore.Connections;

/// <summary>A transport whose input goes through the gate.</summary>
internal sealed class GatedTransport(PipeReader input, PipeWriter output) : IDuplexPipe
{
    public PipeReader Input { get; } = input;

    public PipeWriter Output { get; } = output;
}
