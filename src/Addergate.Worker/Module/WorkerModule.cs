using Addergate.Python;
using Addergate.Python.Ownership;
using Addergate.Worker.Watch;

namespace Addergate.Worker.Module;

/// <summary>
/// Builds <c>_addergate</c>, what C# offers to the Python package around it. Made with PyModule_New because a
/// PyModuleDef embeds an object head, whose layout differs on free-threaded builds. The GIL is held.
/// </summary>
internal static unsafe class WorkerModule
{
    /// <exception cref="InvalidOperationException">Python could not make the module.</exception>
    internal static void Install()
    {
        ForkGuard.Arm();
        using var module = CPython.PyModule_New("_addergate");
        using var name = CPython.PyUnicode_FromString("_addergate");
        if (module.IsNull || name.IsNull
            || !CPython.PyDict_SetItem(CPython.PyImport_GetModuleDict(), name, module))
        {
            throw new InvalidOperationException("The module _addergate could not be made.");
        }

        var names = CPython.PyModule_GetDict(module);
        Add(names, PyMethodDef.Create("configure", &ModuleFunctions.Configure, "Takes the worker's plan, once."));
        Add(names, PyMethodDef.Create("open_files", &ModuleFunctions.OpenFiles, "Opens all that .NET may need."));
        Add(names, PyMethodDef.Create("run_slot", &ModuleFunctions.RunSlot, "Serves one slot until it is retired."));
        Add(names, PyMethodDef.Create("run_control", &ModuleFunctions.RunControl, "Answers the supervisor."));
        Add(names, PyMethodDef.Create("stop", &ModuleFunctions.Stop, "Ends each slot when it is idle; says why."));
        Add(names, PyMethodDef.Create("read_body", &ModuleFunctions.ReadBody, "Bytes of a request's body."));
        Add(names, PyMethodDef.Create("request_id", &ModuleFunctions.RequestId, "This thread's request, or ''."));
        Add(names, PyMethodDef.Create("flush_later", &ModuleFunctions.FlushLater, "Flush wsgi.errors at the end."));
        Add(names, PyMethodDef.Create("ask_status", &ModuleFunctions.AskStatus, "How the server is, as JSON, or None."));
        Add(names, PyMethodDef.Create("descriptors", &ModuleFunctions.Descriptors, "View of the slots' sockets."));
    }

    private static void Add(Borrowed names, PyMethodDef* definition)
    {
        using var name = CPython.PyUnicode_FromString(definition->Name);
        using var function = CPython.PyCFunction_NewEx(definition, Borrowed.Null);
        if (function.IsNull || !CPython.PyDict_SetItem(names, name, function))
        {
            throw new InvalidOperationException($"The function _addergate.{definition->Name} could not be made.");
        }
    }
}
