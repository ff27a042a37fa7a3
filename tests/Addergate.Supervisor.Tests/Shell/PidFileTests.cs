using Addergate.Supervisor.Shell;

namespace Addergate.Supervisor.Tests.Shell;

public sealed class PidFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("addergate-pid-").FullName;

    private string File => Path.Combine(_directory, "server.pid");

    [Fact]
    public void It_holds_the_pid_and_goes_at_the_end()
    {
        System.IO.File.WriteAllText(File, "an older server's");
        using (PidFile.Write(File, out _))
        {
            Assert.Equal($"{Environment.ProcessId}\n", System.IO.File.ReadAllText(File));
        }

        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public void Another_servers_file_is_left_alone()
    {
        using (PidFile.Write(File, out _))
        {
            System.IO.File.WriteAllText(File, "1\n");
        }

        Assert.Equal("1\n", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_link_left_in_its_place_is_replaced_and_not_followed()
    {
        var victim = Path.Combine(_directory, "victim");
        System.IO.File.WriteAllText(victim, "precious");
        System.IO.File.CreateSymbolicLink(File, victim);
        PidFile.Write(File, out _)!.Dispose();
        Assert.Equal("precious", System.IO.File.ReadAllText(victim));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named()
    {
        Assert.Null(PidFile.Write("/nonexistent/server.pid", out var reason));
        Assert.StartsWith("cannot write the pid file /nonexistent/server.pid", reason, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
