using Addergate.Python;
using Addergate.Python.Ownership;
using Addergate.Worker.Wsgi;

namespace Addergate.Worker.Module;

/// <summary>Reads the dict that python/addergate/_serve.py hands to <c>configure</c>. The GIL is held.</summary>
internal readonly ref struct PlanReader
{
    private readonly Borrowed _plan;

    private PlanReader(Borrowed plan) => _plan = plan;

    /// <exception cref="InvalidOperationException">The two sides of the module do not fit together.</exception>
    internal static WorkerContext Read(Borrowed plan)
    {
        var reader = new PlanReader(plan);
        var context = new WorkerContext
        {
            Worker = (uint)reader.Number("worker"),
            Generation = (uint)reader.Number("generation"),
            NonceHigh = reader.Number("nonce_high"),
            NonceLow = reader.Number("nonce_low"),
            SlotSocket = reader.Text("slot_socket"),
            ShutdownTimeout = TimeSpan.FromSeconds(CPython.PyFloat_AsDouble(reader.Find("shutdown_timeout"))),
            LogLevel = (Wire.Logs.LogLevelCode)reader.Number("log_level"),
            WakePipe = (int)reader.Number("wake_pipe"),
            StopPipeRead = (int)reader.Number("stop_pipe_read"),
            StopPipeWrite = (int)reader.Number("stop_pipe_write"),
            Application = reader.Keep("application"),
            EnvironTemplate = reader.Keep("environ"),
            BytesIO = reader.Keep("bytes_io"),
            OpenInput = reader.Keep("open_input"),
            FileWrapper = reader.Keep("file_wrapper"),
            FileRange = reader.Keep("file_range"),
            LogException = reader.Keep("log_exception"),
            FlushErrors = reader.Keep("flush_errors"),
            RequestTimeout = reader.Keep("request_timeout"),
            SettleTimeout = reader.Keep("settle_timeout"),
            LogOverdue = reader.Keep("log_overdue"),
            LogSlow = reader.Keep("log_slow"),
            MapHeadToGet = reader.Number("map_head_to_get") != 0,
            HandsOverFiles = reader.Number("hands_over_files") != 0,
            Names = EnvironNames.Create(),
        };
        context.MakeSlots((int)reader.Number("slots"));
        return context;
    }

    private Borrowed Find(string key)
    {
        using var name = CPython.PyUnicode_FromString(key);
        var value = CPython.PyDict_GetItem(_plan, name);
        return value.IsNull ? throw new InvalidOperationException($"The worker's plan has no {key}.") : value;
    }

    private ulong Number(string key)
    {
        var value = CPython.PyLong_AsUnsignedLongLong(Find(key));
        return CPython.PyErr_Occurred()
            ? throw new InvalidOperationException($"{key} in the worker's plan is no unsigned number.")
            : value;
    }

    private string Text(string key) => CPython.ToManagedString(Find(key))
        ?? throw new InvalidOperationException($"{key} in the worker's plan is no text.");

    private Kept Keep(string key) => Find(key).Own().Keep();
}
