using Addergate.Settings.Model;
using Addergate.Supervisor.Shell;
using Addergate.Wire.Administration;

namespace Addergate.Supervisor.Administration;

/// <summary>By what people and scripts find the running server: its control socket and its pid file. Of two servers, an
/// old one and its successor, only one has them.</summary>
internal sealed class ServerMarks(ServerSettings settings) : IDisposable
{
    private AdminListener? _listener;
    private PidFile? _pidFile;

    /// <summary>Makes both; null, or the reason for people with nothing made.</summary>
    public string? Open()
    {
        _listener = AdminListener.Open(settings.ServerRoot, out var reason);
        if (_listener is null)
        {
            return reason;
        }

        if (settings.PidFile is { } file)
        {
            _pidFile = PidFile.Write(file, out reason);
            if (_pidFile is null)
            {
                Close();
                return reason;
            }
        }

        return null;
    }

    /// <summary>Takes commands from now on.</summary>
    public void Listen(Action<AdminRequest, AdminSession> received) => _ = _listener?.RunAsync(received);

    /// <summary>Removes both. Clients that are connected are still answered.</summary>
    public void Close()
    {
        _listener?.Dispose();
        _listener = null;
        _pidFile?.Dispose();
        _pidFile = null;
    }

    public void Dispose() => Close();
}
