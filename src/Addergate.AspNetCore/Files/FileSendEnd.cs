namespace Addergate.AspNetCore.Files;

/// <summary>How the sending of a part of a file ended.</summary>
internal enum FileSendEnd
{
    Whole,

    ClientGone,

    /// <summary>The file has become shorter than was promised, or the disk fails.</summary>
    Unreadable,
}
