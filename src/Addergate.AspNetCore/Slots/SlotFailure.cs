namespace Addergate.AspNetCore.Slots;

/// <summary>Why a slot connection was closed.</summary>
internal enum SlotFailure
{
    /// <summary>The worker closed it, or died.</summary>
    WorkerGone,

    /// <summary>The worker sent what is no frame, or one that has no place there.</summary>
    Garbage,
}
