namespace Addergate.AspNetCore.Bodies;

/// <summary>Why a body cannot be taken in.</summary>
internal enum StoreProblem
{
    None,

    /// <summary>The global budgets are used up.</summary>
    Budgets,

    /// <summary>The file system cannot take the data.</summary>
    Disk,

    /// <summary>No file can be opened for it.</summary>
    Descriptors,
}
