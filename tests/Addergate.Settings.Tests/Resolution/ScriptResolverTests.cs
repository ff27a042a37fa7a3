using Addergate.Settings.Model;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class ScriptResolverTests
{
    private static FakeMachine Machine =>
        new FakeMachine().Directory("/srv/public").Files("/srv/markup.py", "/srv/choose.py", "/srv/app.wsgi");

    [Fact]
    public void An_extension_may_be_written_with_its_dot_or_without() => Assert.Equal(
        [new FileHandler(".md", "/srv/markup.py"), new FileHandler(".rst", "/srv/markup.py")],
        Resolve.Good("app.wsgi --document-root public --add-handler .md markup.py --add-handler rst markup.py", Machine)
            .Main.Application.Handlers);

    [Fact]
    public void The_dispatch_script_is_absolute() => Assert.Equal(
        "/srv/choose.py", Resolve.Good("app.wsgi --dispatch-script choose.py", Machine).Main.Application.DispatchScript);

    [Theory]
    [InlineData("--add-handler .md nix.py", "--add-handler .md: there is no script /srv/nix.py")]
    [InlineData("--add-handler .md public", "--add-handler .md: /srv/public is a directory, not a script")]
    [InlineData("--add-handler .md markup.py --add-handler MD choose.py",
        "--add-handler names .MD twice; give each extension once")]
    [InlineData("--add-handler .tar.gz markup.py",
        "--add-handler: \".tar.gz=markup.py\" has more than one extension: only what stands behind the last dot of a name "
        + "counts")]
    [InlineData("--dispatch-script nix.py", "--dispatch-script: there is no script /srv/nix.py")]
    public void Mistakes_name_the_option_and_the_file(string options, string mistake) =>
        Assert.Equal(mistake, Resolve.Mistake($"app.wsgi --document-root public {options}", Machine));

    [Fact]
    public void Handlers_need_files() => Assert.Contains(
        "--add-handler has no effect without --document-root",
        Resolve.Line("app.wsgi --add-handler .md markup.py", Machine).Warnings);
}
