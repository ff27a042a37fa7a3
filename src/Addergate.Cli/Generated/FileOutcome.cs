namespace Addergate.Cli.Generated;

/// <summary>What became of a file that was to be written.</summary>
internal enum FileOutcome
{
    /// <summary>It was not there.</summary>
    Written,

    /// <summary>It was as it had been written before, and is as it is to be now.</summary>
    Updated,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>Somebody has changed it, and there is nothing new to say.</summary>
    Kept,

    /// <summary>Somebody has changed it; what was to be written is beside it.</summary>
    WrittenBeside,
}
