namespace Addergate.Settings.Model;

/// <summary>mod_wsgi-express <c>--application-type</c>.</summary>
public enum ApplicationType
{
    /// <summary>A file of any extension, run as module <c>__wsgi__</c>.</summary>
    Script,

    /// <summary>An importable dotted name.</summary>
    Module,

    /// <summary>No entry was given: the built-in welcome page.</summary>
    Welcome,

    /// <summary>A configuration of PasteDeploy: <c>/srv/shop.ini#main</c>.</summary>
    Paste,

    /// <summary>There is none: only files are served.</summary>
    Static,

    /// <summary>No application of the user's: scripts that decide on access.</summary>
    Access,
}
