namespace Addergate.Settings.Model;

/// <summary>Which of the waiting requests gets the next free slot.</summary>
public enum QueuePolicy
{
    /// <summary>The oldest.</summary>
    Fifo,

    /// <summary>The oldest while waits are short, the newest once they pass a target.</summary>
    Adaptive,
}
