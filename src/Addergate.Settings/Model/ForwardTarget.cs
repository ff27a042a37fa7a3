namespace Addergate.Settings.Model;

/// <summary>A server that requests are passed on to.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Authority">Host and, unless it is the scheme's own, port: what the target's Host header says.</param>
/// <param name="Path">Percent-encoded, begins with a slash; stands for the mount point with a slash behind it.</param>
/// <param name="Socket">Absolute path of a Unix socket that is connected to in the host's place, or null.</param>
public sealed record ForwardTarget(string Scheme, string Authority, string Path, string? Socket)
{
    /// <summary>As the option takes it.</summary>
    public override string ToString() =>
        Socket is null ? $"{Scheme}://{Authority}{Path}" : $"unix:{Socket}|{Scheme}://{Authority}{Path}";
}
