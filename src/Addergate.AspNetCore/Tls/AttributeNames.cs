namespace Addergate.AspNetCore.Tls;

/// <summary>What the parts of names in certificates are called.</summary>
internal static class AttributeNames
{
    // mod_ssl's ssl_engine_vars.c: number, in variables, and in a whole name as OpenSSL writes it.
    private static readonly (string Type, string InVariables, string InName)[] Table =
    [
        ("2.5.4.6", "C", "C"),
        ("2.5.4.8", "ST", "ST"),
        ("2.5.4.7", "L", "L"),
        ("2.5.4.10", "O", "O"),
        ("2.5.4.11", "OU", "OU"),
        ("2.5.4.3", "CN", "CN"),
        ("2.5.4.12", "T", "title"),
        ("2.5.4.43", "I", "initials"),
        ("2.5.4.42", "G", "GN"),
        ("2.5.4.4", "S", "SN"),
        ("2.5.4.13", "D", "description"),
        ("0.9.2342.19200300.100.1.1", "UID", "UID"),
        ("1.2.840.113549.1.9.1", "Email", "emailAddress"),
        ("0.9.2342.19200300.100.1.25", "", "DC"),
        ("2.5.4.5", "", "serialNumber"),
        ("2.5.4.9", "", "street"),
    ];

    /// <summary>As in <c>SSL_CLIENT_S_DN_CN</c>; null for what has no variable of its own.</summary>
    public static string? InVariables(string type) =>
        Table.FirstOrDefault(entry => entry.Type == type).InVariables is { Length: > 0 } name ? name : null;

    /// <summary>As in <c>CN=alice,O=Example</c>; the number itself where it has no name.</summary>
    public static string InName(string type) => Table.FirstOrDefault(entry => entry.Type == type).InName ?? type;
}
