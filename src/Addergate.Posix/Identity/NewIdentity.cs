namespace Addergate.Posix.Identity;

/// <summary>Who a process is to become.</summary>
/// <param name="User">uid.</param>
/// <param name="Group">gid.</param>
public sealed record NewIdentity(uint User, uint Group)
{
    /// <summary>Whose supplementary groups to take (initgroups); null: none.</summary>
    public string? UserName { get; init; }

    /// <summary>Supplementary groups in the place of those; null: as <see cref="UserName"/> says.</summary>
    public IReadOnlyList<uint>? SupplementaryGroups { get; init; }

    /// <summary>
    /// Whether no process of the same user may look into the program that is run next, from its first moment on. exec(2)
    /// makes a process open to its user again, whatever it was before; only not while its effective group is another than
    /// its real one. So it is lent one that nobody has, which it gives back when it has closed itself
    /// (<see cref="Processes.ProcessSecrecy"/>).
    /// </summary>
    public bool IsGuarded { get; init; }

    /// <summary>Whether it keeps the right to change its root directory (CAP_SYS_CHROOT), and nothing else of root's. With
    /// that, programs that give rights (set-uid) must give it none: see PR_SET_NO_NEW_PRIVS.</summary>
    public bool MayChangeRoot { get; init; }

    /// <summary>The effective group until then.</summary>
    internal uint EffectiveGroup => !IsGuarded ? Group : Group == Lent ? Lent - 1 : Lent;

    // Reserved like nobody's 65534, and nothing's: not a group that files belong to.
    private const uint Lent = 65533;
}
