using System.Globalization;

namespace Addergate.Supervisor.Shell;

/// <summary>A file with the supervisor's pid, for scripts.</summary>
internal sealed class PidFile : IDisposable
{
    private readonly string _path;

    private PidFile(string path) => _path = path;

    private static string Text => Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n";

    /// <summary>Writes it whole or not at all; null with the reason for people.</summary>
    public static PidFile? Write(string path, out string reason)
    {
        var draft = $"{path}.{Environment.ProcessId}";
        try
        {
            // New, so that no link that somebody left there is followed; renamed, so that no reader sees half of it.
            using (var file = new StreamWriter(new FileStream(draft, FileMode.CreateNew, FileAccess.Write)))
            {
                file.Write(Text);
            }

            File.Move(draft, path, overwrite: true);
            reason = "";
            return new PidFile(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            reason = $"cannot write the pid file {path}: {error.Message}";
            return null;
        }
    }

    /// <summary>Removes it, unless a later server has written its own.</summary>
    public void Dispose()
    {
        try
        {
            if (File.ReadAllText(_path) == Text)
            {
                File.Delete(_path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It was removed already, or its directory was.
        }
    }
}
