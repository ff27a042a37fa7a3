namespace Addergate.Settings.Model;

/// <summary>How clients prove who they are.</summary>
public enum AuthenticationType
{
    /// <summary>RFC 7617.</summary>
    Basic,

    /// <summary>RFC 7616, with MD5: what scripts know is the hash of mod_wsgi's <c>get_realm_hash</c>.</summary>
    Digest,
}
