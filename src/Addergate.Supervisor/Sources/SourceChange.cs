namespace Addergate.Supervisor.Sources;

/// <summary>What a look at source files has shown.</summary>
internal enum SourceChange
{
    None,

    /// <summary>They are not as they were at the last look: somebody may still be writing.</summary>
    Changing,

    /// <summary>They have changed, and were the same at the last two looks.</summary>
    Settled,
}
