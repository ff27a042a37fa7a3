namespace Addergate.AspNetCore.Access;

/// <summary>What a file of passwords says.</summary>
internal enum PasswordVerdict
{
    UnknownUser,

    Wrong,

    Right,

    /// <summary>The file cannot be read, so nobody knows.</summary>
    Unreadable,

    /// <summary>So many passwords are being looked at that this one was not.</summary>
    TooMany,
}
