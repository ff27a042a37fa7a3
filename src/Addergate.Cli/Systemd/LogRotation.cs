using Addergate.Cli.Setup;

namespace Addergate.Cli.Systemd;

/// <summary>The file for logrotate(8).</summary>
internal static class LogRotation
{
    /// <summary>Null when there is nothing to rotate: no log is a file, or the server does it itself.</summary>
    internal static string? Write(ServicePlan plan)
    {
        if (plan.LogFiles.Count == 0 || plan.Settings.Logs.RotateAt is not null)
        {
            return null;
        }

        // As the one who owns the directory: root must not follow what that user has put there.
        var owner = plan.RootReason is null ? $"    su {plan.User} {plan.Group}\n" : "";
        var root = ShellText.Word(plan.Settings.ServerRoot);
        return
            $$"""
            # Made by addergate install-service.
            {{string.Join('\n', plan.LogFiles.Select(Pattern))}} {
            {{owner}}    daily
                rotate 14
                missingok
                notifempty
                compress
                # The lines that are still on their way go into the newest of the old files.
                delaycompress
                nocreate
                sharedscripts
                postrotate
                    if [ -S {{root}}/{{Wire.Administration.AdminEndpoint.FileName}} ]; then
                        {{ShellText.Word(plan.Program)}} reopen-logs --server-root {{root}} >/dev/null
                    fi
                endscript
            }

            """;
    }

    /// <summary>They are patterns, as a shell has them.</summary>
    private static string Pattern(string path) =>
        "\"" + string.Concat(path.Select(static letter => "[]*?\\".Contains(letter) ? $"\\{letter}" : $"{letter}")) + "\"";
}
