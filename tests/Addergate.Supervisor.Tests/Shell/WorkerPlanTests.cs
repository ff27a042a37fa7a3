using System.Text.Json;
using Addergate.Settings.Model;
using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Shell;
using Addergate.Supervisor.Tests.Fakes;

namespace Addergate.Supervisor.Tests.Shell;

public sealed class WorkerPlanTests
{
    [Fact]
    public void The_plan_says_what_the_process_model_promises()
    {
        var worker = new Child
        {
            Role = ChildRole.Worker,
            Number = 7,
            Seat = Third().Seats[0],
            Nonce = (ulong.MaxValue, 2),
        };
        var expected = $$"""
            {"worker": 7, "generation": 3, "slots": 5, "nonce_high": 18446744073709551615, "nonce_low": 2,
             "slot_socket": "/run/x/slots",
             "application": {"type": "module", "entry": "shop.wsgi", "callable": "create_app()",
                             "working_directory": "/srv/shop", "python_path": ["/srv/lib", "/srv/ümlaut"],
                             "handlers": [], "dispatch_script": null},
             "processes": 2, "threads": 5, "stack_size": 0,
             "virtual_memory_limit": 0, "shutdown_timeout": 5.5, "server_software": "Addergate/0.1.0",
             "process_group": "localhost:8123", "variables": {}, "document_root": null,
             "map_head_to_get": false, "hands_over_files": false, "server_metrics": false,
             "reload_on_changes": false,
             "development": {"debug_mode": false, "debugger": false, "debugger_at_start": false, "coverage_directory": null,
                             "profiler_directory": null, "recorder_directory": null},
             "orphan_interpreter": false, "switch_interval": 0, "set_locale": false, "log_level": "warn", "listener_host": "", "listener_port": "8123",
             "supervisor_pid": {{Environment.ProcessId}}}
            """;
        var actual = WorkerPlan.ToJson(worker, Samples.Plan, "/run/x/slots", 8123);
        Assert.True(
            JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, JsonDocument.Parse(actual).RootElement),
            actual);
    }

    [Fact]
    public void A_template_is_told_that_it_is_one_and_no_secret()
    {
        var plan = JsonDocument.Parse(WorkerPlan.ForTemplate(Third(), Samples.Plan, "/run/x/slots", 8123)).RootElement;
        Assert.True(plan.GetProperty("template").GetBoolean());
        Assert.Equal(3, plan.GetProperty("generation").GetInt32());
        Assert.Equal(0ul, plan.GetProperty("nonce_high").GetUInt64() + plan.GetProperty("nonce_low").GetUInt64());
        Assert.Equal("shop.wsgi", plan.GetProperty("application").GetProperty("entry").GetString());
    }

    [Fact]
    public void Who_is_held_in_a_directory_is_told_the_names_inside()
    {
        var application = Samples.Application with
        {
            Application = Samples.Application.Application with
            {
                Root = "/srv/jail",
                Type = ApplicationType.Script,
                Entry = "/srv/jail/www/app.wsgi",
                WorkingDirectory = "/srv/jail",
                PythonPath = ["/srv/jail/lib"],
                DispatchScript = "/srv/jail/www/dispatch.py",
                Access = new AccessScripts("/srv/jail/www/auth.py", null, null),
            },
        };
        var generation = new Generation(new Pool(0, application, new ManualTime()), 1, 1);
        var plan = JsonDocument.Parse(WorkerPlan.ForTemplate(generation, Samples.Plan, "@slots", 8123)).RootElement;
        var told = plan.GetProperty("application");
        Assert.Equal("/srv/jail", plan.GetProperty("root").GetString());
        Assert.Equal("/www/app.wsgi", told.GetProperty("entry").GetString());
        Assert.Equal("/", told.GetProperty("working_directory").GetString());
        Assert.Equal("/lib", told.GetProperty("python_path")[0].GetString());
        Assert.Equal("/www/dispatch.py", told.GetProperty("dispatch_script").GetString());
        Assert.Equal("/www/auth.py", told.GetProperty("access").GetProperty("host").GetString());
        Assert.Equal(JsonValueKind.Null, told.GetProperty("access").GetProperty("user").ValueKind);
    }

    private static Generation Third() => new(new Pool(0, Samples.Application, new ManualTime()), 3, 1);
}
