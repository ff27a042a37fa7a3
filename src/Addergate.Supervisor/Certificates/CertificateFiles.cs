using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Addergate.Settings.Model;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Certificates;

/// <summary>
/// The certificate and key files. They are compared by content rather than by time: a file may be replaced within one
/// tick of its file system's clock, or by a link to another with the same times. Used by one thread.
/// </summary>
/// <param name="settings">Where they are.</param>
internal sealed class CertificateFiles(ListenSettings settings)
{
    // Far above any chain; a mistaken path to a device or a disk image must not fill the memory.
    private const int LargestFile = 256 * 1024;

    private string? _seen;

    /// <summary>What was read last and made sense; null without TLS.</summary>
    public CertificateMessage? Current { get; private set; }

    /// <summary>Reads both files and checks that they belong together.</summary>
    /// <returns>Null, or the reason for people; then <see cref="Current"/> stays as it was.</returns>
    public string? Load()
    {
        if (settings.HttpsPort is null)
        {
            return null;
        }

        if (settings.CertificateFile is not { } certificateFile || settings.CertificateKeyFile is not { } keyFile)
        {
            return "TLS needs a certificate and its key (--ssl-certificate-file, --ssl-certificate-key-file)";
        }

        var certificate = Read(certificateFile, "certificate", out var reason);
        var key = certificate is null ? null : Read(keyFile, "certificate's key", out reason);
        if (certificate is null || key is null)
        {
            return reason;
        }

        _seen = certificate + key;
        if (Check(certificate, key) is { } mistake)
        {
            return $"the certificate {certificateFile} cannot be used with the key {keyFile}: {mistake}";
        }

        Current = new CertificateMessage(certificate, key);
        return null;
    }

    /// <summary>Looks whether the files have changed since they were last read, for better or worse.</summary>
    public bool HaveChanged() =>
        settings.HttpsPort is not null
        && Read(settings.CertificateFile!, "", out _) is { } certificate
        && Read(settings.CertificateKeyFile!, "", out _) is { } key
        && certificate + key != _seen;

    private static string? Read(string path, string what, out string reason)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LargestFile + 1);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var length = file.ReadAtLeast(buffer, LargestFile + 1, throwOnEndOfStream: false);
            reason = length > LargestFile ? $"the {what} {path} is larger than {LargestFile} bytes" : "";
            return length > LargestFile ? null : Encoding.UTF8.GetString(buffer.AsSpan(0, length));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            reason = error is FileNotFoundException or DirectoryNotFoundException
                ? $"the {what} {path} does not exist"
                : $"the {what} {path} cannot be read: {error.Message}";
            return null;
        }
        finally
        {
            // Cleared: the pool must not keep a key.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static string? Check(string certificate, string key)
    {
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            return "the key is encrypted with a pass phrase; store it without one, readable by its owner alone";
        }

        try
        {
            using var pair = X509Certificate2.CreateFromPem(certificate, key);
            return null;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return error.Message;
        }
    }
}
