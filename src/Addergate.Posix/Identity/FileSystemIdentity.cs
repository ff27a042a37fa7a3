using System.Runtime.InteropServices;

namespace Addergate.Posix.Identity;

/// <summary>
/// Opens files as another user may: setfsuid(2) and setfsgid(2), which concern the calling thread alone and take root's rights
/// over files with them. So whatever is at a path that this user can change, he gets no further with root's help than without.
/// </summary>
public static partial class FileSystemIdentity
{
    // No user: setting it changes nothing, and gives back who it is.
    private const uint Nobody = uint.MaxValue;

    /// <summary>Does something as this user and group, on this thread, if this process is root; as itself otherwise.</summary>
    public static T As<T>(uint user, uint group, Func<T> action)
    {
        if (CurrentIdentity.EffectiveUser != 0)
        {
            return action();
        }

        var ownGroup = SetGroup(group);
        var own = SetUser(user);
        try
        {
            if (SetUser(Nobody) != user || SetGroup(Nobody) != group)
            {
                throw new InvalidOperationException($"The files of user {user} cannot be opened as theirs.");
            }

            return action();
        }
        finally
        {
            SetUser(own);
            SetGroup(ownGroup);
        }
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial uint SetUser(uint user);

    [LibraryImport("libc", EntryPoint = "setfsgid")]
    private static partial uint SetGroup(uint group);
}
