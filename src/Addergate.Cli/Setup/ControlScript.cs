namespace Addergate.Cli.Setup;

/// <summary>
/// The script that starts, stops and looks after a server that was set up: what mod_wsgi-express calls apachectl. For any
/// POSIX shell. Exit statuses of <c>status</c> are those of the Linux Standard Base.
/// </summary>
internal static class ControlScript
{
    /// <param name="place">Where the server was set up.</param>
    /// <param name="program">This program, as it is to be started.</param>
    internal static string Write(SetupPlace place, string program) => Head(place, program) + Body;

    private static string Head(SetupPlace place, string program) =>
        $"""
        #!/bin/sh
        # Starts, stops and looks after the server that was set up in this directory. Made by addergate setup-server: run
        # that again for other options, or change the configuration file. Variables for the application go into envvars.

        program={ShellText.Quote(program)}
        configuration={ShellText.Quote(place.ConfigurationFile)}
        environment={ShellText.Quote(place.EnvironmentFile)}
        directory={ShellText.Quote(place.Directory)}
        state={ShellText.Quote(place.State)}
        pid_file={ShellText.Quote(place.PidFile)}
        console_log={ShellText.Quote(place.ConsoleLog)}


        """;

    // Each of the functions says on standard error what it cannot do.
    private const string Body =
        """
        name=${0##*/}

        complain() {
            printf '%s: %s\n' "$name" "$*" >&2
        }

        # The server is to be the same whoever starts it: what this shell has set for another one does not count.
        for variable in $(env | sed -n 's/^\(ADDERGATE_[A-Z0-9_]*\)=.*/\1/p') PORT WEB_CONCURRENCY VIRTUAL_ENV; do
            unset "$variable"
        done
        if [ -r "$environment" ]; then
            set -a
            # shellcheck source=/dev/null
            . "$environment"
            set +a
        fi
        cd "$directory" || exit 1

        # Whether the server's process is there; its id is in $pid then. Another process may have the number of one that was
        # killed.
        runs() {
            pid=$(cat "$pid_file" 2>/dev/null) && [ -n "$pid" ] &&
                tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qx start-server
        }

        serves() {
            "$program" status --server-root "$state" --json 2>/dev/null | grep -q '"state": "serving"'
        }

        # Says what is wrong with the settings, if anything is.
        settings_are_good() {
            "$program" check-config --config "$configuration" >/dev/null
        }

        start() {
            if runs; then
                echo "$name: it runs already, as process $pid"
                return 0
            fi
            # A traceback in it is for nobody else to read.
            (umask 027 && : >"$console_log") || return
            # A session of its own: neither the terminal's end nor its keys reach it.
            setsid "$program" start-server --config "$configuration" </dev/null >"$console_log" 2>&1 &
            pid=$!
            while kill -0 "$pid" 2>/dev/null; do
                if serves; then
                    echo "$name: started, as process $pid"
                    return 0
                fi
                sleep 0.1
            done
            wait "$pid"
            result=$?
            cat "$console_log" >&2
            complain "the server did not start"
            [ "$result" -ne 0 ] || result=1
            return "$result"
        }

        stop() {
            if ! runs; then
                echo "$name: it does not run"
                return 0
            fi
            if ! "$program" stop --server-root "$state" >/dev/null; then
                # It does not answer; a signal may still reach it.
                kill -TERM "$pid" || return 1
            fi
            while runs; do
                sleep 0.1
            done
            echo "$name: stopped"
        }

        restart() {
            settings_are_good || return
            if runs; then
                "$program" restart --server-root "$state"
            else
                start
            fi
        }

        # Another server beside this one, with the settings as they are now, which then takes over.
        graceful() {
            settings_are_good || return
            if ! runs; then
                start
                return
            fi
            before=$pid
            "$program" upgrade --server-root "$state" || return
            # Between the two there is a moment in which neither takes commands.
            tries=0
            until runs && [ "$pid" != "$before" ] && serves; do
                tries=$((tries + 1))
                if [ "$tries" -gt 300 ]; then
                    complain "the new server does not answer; see addergatectl status"
                    return 1
                fi
                sleep 0.1
            done
        }

        status() {
            if "$program" status --server-root "$state" 2>/dev/null; then
                return 0
            elif runs; then
                complain "process $pid does not answer, or not to you"
                return 4
            elif [ -f "$pid_file" ]; then
                complain "it does not run, and did not end in good order"
                return 1
            fi
            echo "$name: it does not run"
            return 3
        }

        case ${1-} in
        start | stop | restart | graceful | status)
            [ $# -eq 1 ] && "$1"
            ;;
        graceful-stop)
            stop
            ;;
        reload | reopen-logs)
            "$program" "$1" --server-root "$state"
            ;;
        configtest)
            "$program" check-config --config "$configuration"
            ;;
        *)
            cat <<EOF
        Usage: $name COMMAND

          start          start the server in the background, and wait until it serves
          stop           finish what runs, and end it
          restart        end it and start it again with the settings as they are now; connections wait meanwhile
          graceful       the same with a second server that takes over, so that nobody waits
          reload         only load the application anew, without losing a request
          status         show its processes; exit status 0 when it runs, 3 when not
          configtest     show the settings, or everything that is wrong with them
          reopen-logs    open the log files anew, after they were moved
        EOF
            [ "${1-}" = help ] || exit 2
            ;;
        esac

        """;
}
