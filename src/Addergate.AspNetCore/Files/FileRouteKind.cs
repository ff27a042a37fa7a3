namespace Addergate.AspNetCore.Files;

/// <summary>What stands behind the files of a route.</summary>
internal enum FileRouteKind
{
    /// <summary>Nothing.</summary>
    Alias,

    /// <summary>The document root of a site with an application.</summary>
    BeforeApplication,

    /// <summary>The document root of one without.</summary>
    WholeSite,
}
