using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>
/// What mod_wsgi-express has for the insides of Apache, of its build or of its generated files. Accepted, so that its
/// command lines work unchanged, and answered with one line that says what Addergate does instead.
/// </summary>
public static class SupersededDeclarations
{
    public static IReadOnlyList<Setting> List { get; } =
    [
        Text("application-group", "NAME", "there are no sub-interpreters: the application has processes of its own"),
        Text("httpd-executable", "FILE", "the front end is part of Addergate; there is no httpd to name"),
        Text("modules-directory", "DIR", "there are no Apache modules to load"),
        Text("server-mpm", "NAME", "the front end serves all connections in one process, without threads for each",
            SettingForm.Repeated),
        Switch("embedded-mode", "the application always has processes of its own; --processes and --threads size them"),
        Text("initial-workers", "NUMBER", "the front end has no pool of its own to size"),
        Text("minimum-spare-workers", "NUMBER", "the front end has no pool of its own to size"),
        Text("maximum-spare-workers", "NUMBER", "the front end has no pool of its own to size"),
        Text("daemon-backlog", "NUMBER", "requests wait in the front end's own queue: --queue-limit bounds it"),
        Text("connect-timeout", "SECONDS", "workers connect to the front end; --queue-timeout bounds the wait for one"),
        Text("socket-prefix", "DIR", "workers connect to a socket in the server root"),
        Text("send-buffer-size", "BYTES", "the front end reads what a worker sends at once, up to --response-buffer-size"),
        Text("receive-buffer-size", "BYTES", "a worker reads request bodies from the front end as it asks for them"),
        Text("header-buffer-size", "BYTES", "a response header may have any length up to the whole head's bound of 64 KiB"),
        Text("response-flush-delay", "MILLISECONDS", "what the application sends goes out at once"),
        Switch("enable-sendfile", "files are always sent without Python, and without its lock"),
        Switch("chunked-request", "chunked request bodies are always accepted"),
        Text("allow-override", "CLASS", "there are no .htaccess files", SettingForm.Repeated),
        Text("include-file", "FILE", "there is no Apache configuration to include it in", SettingForm.Repeated),
        Text("rewrite-rules", "FILE", "there is no mod_rewrite: rewrite in the application, or in a proxy in front"),
        Switch("with-cgi", "there are no CGI scripts"),
        Switch("with-php5", "there is no PHP"),
        Switch("enable-docs", "the documentation is not served; it is in docs/ of the repository"),
        Text("process-name", "TEXT", "processes keep their names: addergate, and that of the Python"),
        Text("rotatelogs-executable", "FILE", "the supervisor writes the logs itself"),
        Switch("verbose-debugging", "it does nothing in mod_wsgi-express either; --log-level debug says more"),
        Switch("enable-gdb", "attach a debugger to the worker by its pid, which addergate status names"),
        Text("gdb-executable", "FILE", "attach a debugger to the worker by its pid, which addergate status names"),
    ];

    private static Setting<string> Text(
        string name, string metavar, string notice, SettingForm form = SettingForm.Value) => new()
        {
            Name = name,
            Group = SettingGroup.Superseded,
            Kind = TextKind.Named(metavar, "any text") with
            {
                FileTypes = FileTypes.Text | FileTypes.Integer | FileTypes.Decimal | FileTypes.Boolean,
            },
            Form = form,
            Provenance = $"mod_wsgi-express --{name}",
            Notice = notice,
            Help = "Has no effect: " + notice,
        };

    private static Setting<bool> Switch(string name, string notice) => new()
    {
        Name = name,
        Group = SettingGroup.Superseded,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = $"mod_wsgi-express --{name}",
        Notice = notice,
        Help = "Has no effect: " + notice,
    };
}
