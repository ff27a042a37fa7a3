using System.Text;
using Addergate.Wire.Requests;

namespace Addergate.AspNetCore.Files.Handlers;

/// <summary>On a request whose URL is that of a file that a script answers for: what the script is told of it.</summary>
/// <param name="Path">Of the file, absolute.</param>
/// <param name="Script">Absolute; the worker has loaded it under this name.</param>
internal sealed record HandledFile(string Path, string Script)
{
    // As mod_wsgi-express calls it.
    private const string Name = "wsgi-resource";

    /// <summary>Writes what is in the environ for it.</summary>
    public void Write(ref RequestHeadWriter writer)
    {
        Add(ref writer, "SCRIPT_FILENAME"u8, Path);
        Add(ref writer, "mod_wsgi.request_handler"u8, Name);
        Add(ref writer, "mod_wsgi.handler_script"u8, Script);
    }

    private static void Add(ref RequestHeadWriter writer, ReadOnlySpan<byte> name, string value) =>
        Encoding.UTF8.GetBytes(value, writer.Reserve(name, Encoding.UTF8.GetByteCount(value)));
}
