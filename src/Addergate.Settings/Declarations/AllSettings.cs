namespace Addergate.Settings.Declarations;

/// <summary>Every setting, in the order that help shows them.</summary>
public static class AllSettings
{
    public static IReadOnlyList<Setting> List { get; } =
    [
        ApplicationDeclarations.EntryPoint,
        ApplicationDeclarations.Type,
        ApplicationDeclarations.Callable,
        ApplicationDeclarations.WorkingDirectory,
        ApplicationDeclarations.PythonPath,
        PythonDeclarations.Executable,
        PythonDeclarations.Home,
        ListenDeclarations.Host,
        ListenDeclarations.Port,
        ListenDeclarations.Http2,
        ListenDeclarations.KeepAliveTimeout,
        ListenDeclarations.Backlog,
        TlsDeclarations.Port,
        TlsDeclarations.CertificateFile,
        TlsDeclarations.CertificateKeyFile,
        WorkerDeclarations.Processes,
        WorkerDeclarations.Threads,
        TimeoutDeclarations.Startup,
        TimeoutDeclarations.Graceful,
        TimeoutDeclarations.Shutdown,
        RequestDeclarations.BodyLimit,
        RequestDeclarations.Buffering,
        RequestDeclarations.BodyInMemory,
        RequestDeclarations.ResponseBuffer,
        RequestDeclarations.TotalMemory,
        RequestDeclarations.TotalSpool,
        LogDeclarations.Level,
        LogDeclarations.ToTerminal,
        LogDeclarations.Directory,
        LogDeclarations.AccessLog,
        LogDeclarations.AccessLogFormat,
        IdentityDeclarations.User,
        IdentityDeclarations.Group,
        FileDeclarations.ServerRoot,
        FileDeclarations.PidFile,
    ];

    public static Setting? Find(string name) => List.FirstOrDefault(setting => setting.Name == name);
}
