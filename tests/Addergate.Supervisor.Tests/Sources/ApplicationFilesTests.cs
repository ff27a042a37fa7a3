using Addergate.Settings.Model;
using Addergate.Supervisor.Sources;
using Addergate.Supervisor.Tests.Fakes;

namespace Addergate.Supervisor.Tests.Sources;

public sealed class ApplicationFilesTests
{
    [Fact]
    public void A_script_is_its_own_file() => Assert.Equal(
        ["/srv/app.wsgi"],
        ApplicationFiles.Entry(
            Samples.Application.Application with { Type = ApplicationType.Script, Entry = "/srv/app.wsgi" }));

    [Fact]
    public void A_module_may_be_a_file_or_a_package_in_any_directory_of_the_path() => Assert.Equal(
        [
            "/srv/shop/shop/wsgi.py", "/srv/shop/shop/wsgi/__init__.py",
            "/srv/lib/shop/wsgi.py", "/srv/lib/shop/wsgi/__init__.py",
            "/srv/ümlaut/shop/wsgi.py", "/srv/ümlaut/shop/wsgi/__init__.py",
        ],
        ApplicationFiles.Entry(Samples.Application.Application));

    [Fact]
    public void The_scripts_beside_it_belong_to_it() => Assert.Equal(
        ["/srv/app.wsgi", "/srv/choose.py", "/srv/markup.py"],
        ApplicationFiles.Entry(Samples.Application.Application with
        {
            Type = ApplicationType.Script,
            Entry = "/srv/app.wsgi",
            Handlers = [new FileHandler(".md", "/srv/markup.py"), new FileHandler(".rst", "/srv/markup.py")],
            DispatchScript = "/srv/choose.py",
        }));

    [Fact]
    public void The_files_of_a_traceback_are_those_that_Python_names()
    {
        const string Text = """
            Traceback (most recent call last):
              File "<frozen importlib._bootstrap>", line 241, in _call_with_frames_removed
              File "/srv/shop/app.wsgi", line 3, in <module>
                import models
              File "/srv/shop/my models.py", line 17
                def x(:
                      ^
            SyntaxError: File "/etc/passwd", line 1
            """;
        Assert.Equal(["/srv/shop/app.wsgi", "/srv/shop/my models.py"], ApplicationFiles.InTraceback(Text));
    }
}
