using System.Globalization;
using System.Text;
using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>
/// The directory for sockets and spool files. By default, as mod_wsgi-express does, one under <c>$TMPDIR</c> or
/// <c>/tmp</c> that is told apart by address, port and user. Not under <c>/run</c>: that is memory, and large request
/// bodies are spooled here.
/// </summary>
internal static class ServerRootResolver
{
    /// <summary>A Unix socket's path has room for 107 bytes; the longest name in a server root takes 24 of them.</summary>
    internal const int LongestPath = 107 - 24;

    internal static string Resolve(SettingValues values, IMachine machine, ListenSettings listen)
    {
        if (values.TryGet(FileDeclarations.ServerRoot, out var named))
        {
            var path = Paths.Absolute(machine, named);
            var origin = values.Written(FileDeclarations.ServerRoot)!.Origin;
            if (machine.KindOf(path) == PathKind.File)
            {
                values.Wrong($"{origin}: {path} is not a directory", "name another one");
            }
            else if (!Fits(path))
            {
                values.Wrong(
                    $"{origin}: {path} is too long for Unix sockets in it",
                    $"name a directory of at most {LongestPath} bytes");
            }

            return path;
        }

        // Two servers on port 0 get different ports, so the process tells them apart.
        var port = listen.Port != 0
            ? listen.Port.ToString(CultureInfo.InvariantCulture)
            : "0." + machine.ProcessId.ToString(CultureInfo.InvariantCulture);
        var name = string.Create(CultureInfo.InvariantCulture, $"addergate-{listen.Host}:{port}:{machine.EffectiveUserId}");
        if (machine.Variables.TryGetValue("TMPDIR", out var temporary) && temporary.StartsWith('/'))
        {
            var directory = Paths.Absolute(machine, temporary);
            var path = Path.Combine(directory, name);
            if (machine.KindOf(directory) == PathKind.Directory && Fits(path))
            {
                return path;
            }
        }

        return "/tmp/" + name;
    }

    private static bool Fits(string path) => Encoding.UTF8.GetByteCount(path) <= LongestPath;
}
