using System.Globalization;
using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>
/// The directory for spool files. By default, as mod_wsgi-express does, one under <c>$TMPDIR</c> or <c>/tmp</c> that is told
/// apart by address, port and the user who writes there. Not under <c>/run</c>, where the slot socket lies: that is memory, and large request
/// bodies are spooled here.
/// </summary>
internal static class ServerRootResolver
{
    internal static string Resolve(
        SettingValues values, IMachine machine, ListenSettings listen, IdentitySettings identity)
    {
        if (values.TryGet(FileDeclarations.ServerRoot, out var named))
        {
            var path = Paths.Absolute(machine, named);
            if (machine.KindOf(path) == PathKind.File)
            {
                var origin = values.Written(FileDeclarations.ServerRoot)!.Origin;
                values.Wrong($"{origin}: {path} is not a directory", "name another one");
            }

            return path;
        }

        // The one that root leaves behind is of no use to the same server with --user.
        var user = identity.UserId ?? machine.EffectiveUserId;

        // Two servers on port 0 get different ports, so the process tells them apart.
        var port = listen.Port != 0
            ? listen.Port.ToString(CultureInfo.InvariantCulture)
            : "0." + machine.ProcessId.ToString(CultureInfo.InvariantCulture);
        var directory = machine.Variables.TryGetValue("TMPDIR", out var temporary) && temporary.StartsWith('/')
            ? Paths.Absolute(machine, temporary)
            : "/tmp";
        return Path.Combine(
            machine.KindOf(directory) == PathKind.Directory ? directory : "/tmp",
            listen.UnixSocket() is { } socket
                ? string.Create(CultureInfo.InvariantCulture, $"addergate-unix{socket.Replace('/', '-')}:{user}")
                : string.Create(CultureInfo.InvariantCulture, $"addergate-{listen.Host}:{port}:{user}"));
    }
}
