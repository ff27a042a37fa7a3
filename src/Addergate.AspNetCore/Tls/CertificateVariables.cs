using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Addergate.Wire.Requests;

namespace Addergate.AspNetCore.Tls;

/// <summary>
/// What applications are told of a certificate, under the names and in the notation of mod_ssl's <c>StdEnvVars</c>
/// (mod_ssl, "Environment Variables"). Text is UTF-8.
/// </summary>
internal sealed class CertificateVariables
{
    public const string Server = "SSL_SERVER_";
    public const string Client = "SSL_CLIENT_";

    // Of a certificate with thousands of names, a request need not carry all.
    private const int MostNames = 100;

    // Real ones have 2 KiB, and each request carries it.
    private const int LongestPem = 16 * 1024;

    private readonly List<(byte[] Name, byte[] Value)> _all = [];
    private readonly string _prefix;

    private CertificateVariables(string prefix) => _prefix = prefix;

    public static CertificateVariables Of(string prefix, X509Certificate2 certificate)
    {
        var variables = new CertificateVariables(prefix);
        variables.Add("M_VERSION", certificate.Version.ToString(CultureInfo.InvariantCulture));
        variables.Add("M_SERIAL", Serial(certificate.SerialNumber));
        variables.AddName("S_DN", certificate.SubjectName);
        variables.AddName("I_DN", certificate.IssuerName);
        variables.Add("V_START", Time(certificate.NotBefore));
        variables.Add("V_END", Time(certificate.NotAfter));
        variables.Add("A_KEY", AlgorithmNames.Of(certificate.PublicKey.Oid));
        variables.Add("A_SIG", AlgorithmNames.Of(certificate.SignatureAlgorithm));
        variables.AddAlternativeNames(certificate);
        if (prefix == Client && certificate.ExportCertificatePem() is { Length: <= LongestPem } pem)
        {
            // Of mod_ssl's ExportCertData what applications look into: the server's own they have no use for.
            variables.Add("CERT", pem + "\n");
        }

        return variables;
    }

    public void Write(ref RequestHeadWriter writer)
    {
        foreach (var (name, value) in _all)
        {
            writer.Add(name, value);
        }
    }

    private void Add(string name, string value) =>
        _all.Add((Encoding.ASCII.GetBytes(_prefix + name), Encoding.UTF8.GetBytes(value)));

    private void AddName(string name, X500DistinguishedName encoded)
    {
        var parts = DistinguishedName.Parse(encoded.RawData);
        Add(name, DistinguishedName.Write(parts));
        var counts = new Dictionary<string, int>();
        foreach (var (type, value) in parts.SelectMany(static part => part).Take(MostNames))
        {
            if (AttributeNames.InVariables(type) is not { } part)
            {
                continue;
            }

            // The first has no number, the second has 1.
            var count = counts.GetValueOrDefault(part);
            counts[part] = count + 1;
            Add(count == 0 ? $"{name}_{part}" : $"{name}_{part}_{count.ToString(CultureInfo.InvariantCulture)}", value);
        }
    }

    private void AddAlternativeNames(X509Certificate2 certificate)
    {
        if (certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is not { } extension)
        {
            return;
        }

        var mails = 0;
        var hosts = 0;
        try
        {
            var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData && mails + hosts < MostNames)
            {
                // RFC 5280 4.2.1.6: GeneralName is a choice, 1 a mailbox, 2 a host.
                var tag = names.PeekTag();
                switch (tag.TagValue)
                {
                    case 1:
                        Add($"SAN_Email_{mails++}", names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                        break;
                    case 2:
                        Add($"SAN_DNS_{hosts++}", names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                        break;
                    default:
                        names.ReadEncodedValue();
                        break;
                }
            }
        }
        catch (AsnContentException)
        {
            // What was read up to here is what can be told.
        }
    }

    private static string Serial(string hexadecimal) =>
        hexadecimal.TrimStart('0') is { Length: > 0 } digits ? (digits.Length % 2 == 0 ? digits : "0" + digits) : "00";

    private static string Time(DateTime time)
    {
        time = time.ToUniversalTime();
        var day = time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2);
        return time.ToString($"MMM '{day}' HH:mm:ss yyyy 'GMT'", CultureInfo.InvariantCulture);
    }
}
