namespace Addergate.AspNetCore.Connections;

/// <summary>What <see cref="LineCollector.Take"/> found.</summary>
internal enum LineStatus
{
    /// <summary>All bytes were taken and the line goes on.</summary>
    Incomplete,

    /// <summary>The line is whole.</summary>
    Done,

    /// <summary>A CR without its LF.</summary>
    BareCarriageReturn,

    /// <summary>An LF without its CR.</summary>
    BareLineFeed,

    /// <summary>NUL or another control character.</summary>
    ControlCharacter,
}
