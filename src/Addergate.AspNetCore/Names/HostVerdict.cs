namespace Addergate.AspNetCore.Names;

/// <summary>Whether a host is this site.</summary>
internal enum HostVerdict
{
    /// <summary>One of the site's names.</summary>
    Ours,

    /// <summary>The site's name without its <c>www.</c>: clients are sent to the whole name.</summary>
    Parent,

    /// <summary>Some other site's.</summary>
    Unknown,
}
