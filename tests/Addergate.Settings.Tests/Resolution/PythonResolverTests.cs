using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class PythonResolverTests
{
    private static FakeMachine WithEnvironment =>
        new FakeMachine().Files("/srv/venv/bin/python", "/opt/py/bin/python3").Set("VIRTUAL_ENV", "/srv/venv");

    [Fact]
    public void Without_anything_it_is_python3_on_PATH()
    {
        var python = Resolve.Good("").Main.Python;
        Assert.Equal(("/usr/bin/python3", "python3 on PATH"), (python.Executable, python.Source));
    }

    [Fact]
    public void An_active_environment_goes_before_PATH()
    {
        var python = Resolve.Good("", WithEnvironment).Main.Python;
        Assert.Equal(("/srv/venv/bin/python", "VIRTUAL_ENV"), (python.Executable, python.Source));
    }

    [Fact]
    public void What_is_written_goes_before_the_environment()
    {
        var python = Resolve.Good("--python-home /opt/py", WithEnvironment).Main.Python;
        Assert.Equal(("/opt/py/bin/python3", "--python-home"), (python.Executable, python.Source));
        Assert.Equal("/usr/bin/python3", Resolve.Good("--python python3", WithEnvironment).Main.Python.Executable);
    }

    [Fact]
    public void The_command_line_goes_before_a_variable_for_the_other_option()
    {
        var machine = WithEnvironment.Set("ADDERGATE_PYTHON", "/usr/bin/python3");
        Assert.Equal("/opt/py/bin/python3", Resolve.Good("--python-home /opt/py", machine).Main.Python.Executable);
    }

    [Theory]
    [InlineData("--python /opt/no", "--python: there is no file /opt/no")]
    [InlineData("--python /opt/py",
        "--python: /opt/py is a directory; name the interpreter itself, or give the directory as --python-home")]
    [InlineData("--python ./app.wsgi", "--python: /srv/app.wsgi is not executable")]
    [InlineData("--python python9",
        "--python: there is no command \"python9\" on PATH; give the path of a Python")]
    [InlineData("--python-home /srv",
        "--python-home: /srv has no bin/python; name a virtual environment or a prefix, the directory above bin")]
    [InlineData("--python python3 --python-home /opt/py",
        "--python and --python-home both name an interpreter; give one of them")]
    public void What_is_no_interpreter_is_told(string line, string mistake)
    {
        var machine = WithEnvironment;
        machine.NotExecutable.Add("/srv/app.wsgi");
        Assert.Equal(mistake, Resolve.Mistake(line, machine));
    }

    [Fact]
    public void A_machine_without_Python_is_told_what_to_do() => Assert.Equal(
        "no Python was found: there is no python3 on PATH; install Python 3.9 or later, or name one with --python",
        Resolve.Mistake("", new FakeMachine().Without("/usr/bin/python3")));

    [Fact]
    public void An_environment_that_is_gone_is_told() => Assert.Equal(
        "VIRTUAL_ENV: /srv/gone has no bin/python; activate an environment that exists, or give --python",
        Resolve.Mistake("", new FakeMachine().Set("VIRTUAL_ENV", "/srv/gone")));
}
