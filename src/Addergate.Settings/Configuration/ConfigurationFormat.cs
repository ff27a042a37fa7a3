namespace Addergate.Settings.Configuration;

/// <summary>How a configuration file is written; told from its name.</summary>
public enum ConfigurationFormat
{
    Toml,

    /// <summary>TOML of which <c>[tool.addergate]</c> counts.</summary>
    PyProject,

    Json,
}
