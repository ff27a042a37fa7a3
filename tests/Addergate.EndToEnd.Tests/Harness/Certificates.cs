namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>Certificates made by openssl, valid for two days.</summary>
internal static class Certificates
{
    private static readonly string[] NewKey =
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-utf8"];

    /// <summary>Writes NAME.crt and NAME.key into a directory: signed by itself.</summary>
    public static (string Certificate, string Key) Make(
        string directory, string name, string names = "DNS:localhost,IP:127.0.0.1")
    {
        var certificate = Path.Combine(directory, name + ".crt");
        var key = Path.Combine(directory, name + ".key");
        Tool.Succeed(
            "openssl",
            ["req", "-x509", .. NewKey, "-days", "2", "-subj", $"/CN={name}", "-addext", $"subjectAltName={names}",
                "-keyout", key, "-out", certificate]);
        return (certificate, key);
    }

    /// <summary>Writes NAME.crt and NAME.key into a directory: signed by another certificate there.</summary>
    /// <param name="directory">Where all of them are.</param>
    /// <param name="authority">Name of the one that signs.</param>
    /// <param name="name">Of the new one.</param>
    /// <param name="subject">As <c>/O=Example/CN=alice</c>.</param>
    /// <param name="extensions">Lines as in OpenSSL's configuration.</param>
    /// <param name="days">For how many days it is valid, from now or, when negative, until now.</param>
    public static (string Certificate, string Key) Sign(
        string directory, string authority, string name, string subject, string extensions, int days = 2)
    {
        var certificate = Path.Combine(directory, name + ".crt");
        var key = Path.Combine(directory, name + ".key");
        var request = Path.Combine(directory, name + ".csr");
        var lines = Path.Combine(directory, name + ".ext");
        File.WriteAllText(lines, extensions);
        Tool.Succeed("openssl", ["req", .. NewKey, "-subj", subject, "-keyout", key, "-out", request]);
        Tool.Succeed(
            "openssl", "x509", "-req", "-in", request, "-CA", Path.Combine(directory, authority + ".crt"),
            "-CAkey", Path.Combine(directory, authority + ".key"), "-CAcreateserial", "-days", $"{days}",
            "-extfile", lines, "-out", certificate);
        return (certificate, key);
    }
}
