using System.Globalization;
using System.Text;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>
/// Tells when a server has read all that was sent to it, from the kernel's own count of unread bytes: bytes then
/// arrive one by one because each was taken before the next was sent, and not because of a pause.
/// </summary>
internal static class ReceiveQueue
{
    /// <summary>Whether the server has not read everything yet; false also when it has closed.</summary>
    public static bool HasUnread(int serverPort, int clientPort) => Unread(string.Create(
        CultureInfo.InvariantCulture, $": 0100007F:{serverPort:X4} 0100007F:{clientPort:X4} ")) > 0;

    // Bytes unread, or -1 when there is no such connection any more.
    private static long Unread(string key)
    {
        var table = Encoding.ASCII.GetString(File.ReadAllBytes("/proc/net/tcp"));
        var at = table.IndexOf(key, StringComparison.Ordinal);
        if (at < 0)
        {
            return -1;
        }

        // st tx_queue:rx_queue, each of them hexadecimal.
        var queues = table.AsSpan(at + key.Length + 3, 17);
        return long.Parse(queues[9..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
