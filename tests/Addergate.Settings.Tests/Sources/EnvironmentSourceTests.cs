using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Sources;

public sealed class EnvironmentSourceTests
{
    [Fact]
    public void The_command_line_goes_before_the_environment_and_that_before_the_default()
    {
        Assert.Equal(5, Resolve.Good("").Main.Workers.Threads);
        var machine = new FakeMachine().Set("ADDERGATE_THREADS", "7");
        Assert.Equal(7, Resolve.Good("", machine).Main.Workers.Threads);
        Assert.Equal(9, Resolve.Good("--threads 9", machine).Main.Workers.Threads);
    }

    [Fact]
    public void Variables_of_platforms_come_after_the_own_ones()
    {
        var machine = new FakeMachine().Set("PORT", "5000").Set("WEB_CONCURRENCY", "3");
        Assert.Equal(5000, Resolve.Good("", machine).Listen.Port);
        Assert.Equal(3, Resolve.Good("", machine).Main.Workers.Processes);
        machine.Set("ADDERGATE_PORT", "6000");
        Assert.Equal(6000, Resolve.Good("", machine).Listen.Port);
    }

    [Fact]
    public void An_empty_variable_is_not_set() =>
        Assert.Equal(8000, Resolve.Good("", new FakeMachine().Set("ADDERGATE_PORT", "")).Listen.Port);

    [Fact]
    public void A_mistake_names_the_variable() => Assert.Equal(
        "PORT: \"http\" is not a whole number", Resolve.Mistake("", new FakeMachine().Set("PORT", "http")));

    [Fact]
    public void A_repeated_setting_is_a_list_with_colons()
    {
        var machine = new FakeMachine().Directory("/srv/a", "/opt/b").Set("ADDERGATE_PYTHON_PATH", "a:/opt/b");
        Assert.Equal(["/srv/a", "/opt/b"], Resolve.Good("", machine).Main.Application.PythonPath);
    }

    [Fact]
    public void A_variable_that_names_no_setting_is_warned_of() => Assert.Equal(
        ["the environment variable ADDERGATE_TREADS names no setting; did you mean ADDERGATE_THREADS?"],
        Resolve.Line("", new FakeMachine().Set("ADDERGATE_TREADS", "4")).Warnings);
}
