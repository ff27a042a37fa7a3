using Addergate.Wire.Control;

namespace Addergate.AspNetCore.Slots;

/// <summary>The workers whose slots may connect. Thread-safe.</summary>
public sealed class WorkerRegistry
{
    /// <summary>Lets a worker's slots connect.</summary>
    public void Admit(AdmitMessage worker) => _ = worker;

    /// <summary>Only this generation's slots get requests from now on.</summary>
    public void SetGenerationInForce(uint generation) => _ = generation;

    /// <summary>Sends a worker nothing more; completes when every slot of it was told GOODBYE.</summary>
    public Task RetireAsync(uint worker) => Task.CompletedTask;

    /// <summary>The worker's process has ended.</summary>
    public void Forget(uint worker) => _ = worker;
}
