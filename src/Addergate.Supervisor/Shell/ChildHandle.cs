using Addergate.Supervisor.Logs;

namespace Addergate.Supervisor.Shell;

/// <summary>What the shell holds for a living child: its control socket, what it wrote, and its one timer. On the
/// supervisor's loop.</summary>
/// <param name="control">Its control socket.</param>
/// <param name="lines">What it wrote last.</param>
internal sealed class ChildHandle(ControlChannel control, LastLines lines) : IDisposable
{
    private ITimer? _timer;
    private int _setting;

    public ControlChannel Control { get; } = control;

    public LastLines Lines { get; } = lines;

    public QuestionPace Questions { get; } = new();

    /// <summary>Sets the timer anew; null stops it.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="due">How long from now.</param>
    /// <param name="post">Brings work to the loop.</param>
    /// <param name="overdue">Called on the loop, unless the timer was set again in the meantime.</param>
    public void SetTimer(TimeProvider time, TimeSpan? due, Action<Action> post, Action overdue)
    {
        _timer?.Dispose();
        _timer = null;
        var setting = ++_setting;
        if (due is not null)
        {
            _timer = time.CreateTimer(_ => post(OnDue), null, due.Value, Timeout.InfiniteTimeSpan);
        }

        void OnDue()
        {
            if (setting == _setting)
            {
                overdue();
            }
        }
    }

    public void Dispose()
    {
        _setting++;
        _timer?.Dispose();
        Control.Dispose();
    }
}
