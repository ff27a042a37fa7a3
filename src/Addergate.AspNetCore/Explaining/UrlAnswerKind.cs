namespace Addergate.AspNetCore.Explaining;

/// <summary>What answers a request.</summary>
public enum UrlAnswerKind
{
    /// <summary>An error of the server's own.</summary>
    Refusal,

    Redirect,

    /// <summary>The state of the server.</summary>
    Status,

    /// <summary>Another server.</summary>
    Proxy,

    /// <summary>A script for files of a kind.</summary>
    Script,

    File,

    /// <summary>The list of a directory.</summary>
    List,

    Application,
}
