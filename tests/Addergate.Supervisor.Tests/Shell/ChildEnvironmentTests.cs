using Addergate.Settings.Model;
using Addergate.Supervisor.Shell;
using Addergate.Supervisor.Tests.Fakes;

namespace Addergate.Supervisor.Tests.Shell;

public sealed class ChildEnvironmentTests
{
    private static readonly SupervisorPlan Plan = Samples.Plan with
    {
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = "/bin",
            ["NOTIFY_SOCKET"] = "/run/systemd/notify",
            ["LISTEN_FDS"] = "2",
            ["DOTNET_ReadyToRun"] = "0",
            ["DOTNET_EnableDiagnostics"] = "1",
            ["HOME"] = "/home/admin",
        },
        Applications = [new ApplicationPlan("/usr/bin/python3", new Dictionary<string, string?> { ["DJANGO_SETTINGS_MODULE"] = "shop.settings=1" })],
    };

    [Fact]
    public void What_belongs_to_the_supervisor_reaches_no_child()
    {
        foreach (var environment in new[] { ChildEnvironment.ForFrontEnd(Plan), ChildEnvironment.ForWorker(Plan, 0) })
        {
            Assert.Contains("PATH=/bin", environment);
            Assert.Contains("HOME=/home/admin", environment);
            Assert.DoesNotContain(environment, variable => variable.StartsWith("NOTIFY_", StringComparison.Ordinal));
            Assert.DoesNotContain(environment, variable => variable.StartsWith("LISTEN_", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_users_runtime_settings_pass_except_for_diagnostics()
    {
        foreach (var environment in new[] { ChildEnvironment.ForFrontEnd(Plan), ChildEnvironment.ForWorker(Plan, 0) })
        {
            Assert.Contains("DOTNET_ReadyToRun=0", environment);
            Assert.Contains("DOTNET_EnableDiagnostics=0", environment);
            Assert.DoesNotContain("DOTNET_EnableDiagnostics=1", environment);
        }
    }

    [Fact]
    public void Variables_for_the_workers_reach_them_alone()
    {
        Assert.Contains("DJANGO_SETTINGS_MODULE=shop.settings=1", ChildEnvironment.ForWorker(Plan, 0));
        Assert.DoesNotContain("DJANGO_SETTINGS_MODULE=shop.settings=1", ChildEnvironment.ForFrontEnd(Plan));
    }

    [Fact]
    public void Another_user_is_not_sent_to_roots_home()
    {
        var plan = Plan with
        {
            Settings = Samples.Settings with
            {
                Applications = [Samples.Application with { Identity = new IdentitySettings { UserId = 54321, GroupId = 54321 } }],
            },
        };
        Assert.Contains("HOME=/", ChildEnvironment.ForWorker(plan, 0));
        Assert.Contains("USER=54321", ChildEnvironment.ForWorker(plan, 0));
    }
}
