using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Wsgi;

public sealed class ClosingTests
{
    private static readonly string[] Broken = ["raising", "str_item", "too_little", "raising_close"];

    public static TheoryData<string, string> Ways => new MatrixTheoryData<string, string>(
        Servers.Interpreters,
        [
            "whole", "raising", "raising_at_once", "raising_close", "raising_iter", "str_item", "too_much",
            "too_little", "file_wrapper", "no_content", "not_modified", "no_start",
        ]);

    public static TheoryData<string> Interpreters => [.. Servers.Interpreters];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Close_is_called_exactly_once(string python, string how)
    {
        foreach (var method in (string[])["GET", "HEAD", "POST"])
        {
            var name = Servers.NewName();
            try
            {
                Servers.Get(python, $"/closing?name={name}&how={how}", "Content-Length: 0\r\n", method);
            }
            catch (EndOfStreamException) when (Broken.Contains(how))
            {
                // The reset overtook the head.
            }

            AssertClosedOnce(python, name);
        }
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void Close_is_called_once_when_the_client_goes_in_the_middle(string python)
    {
        var name = Servers.NewName();
        using (var conversation = Servers.Open(python))
        {
            conversation.Send($"GET /closing?name={name}&how=endless HTTP/1.1\r\nHost: test\r\n\r\n");
            Assert.Equal(200, conversation.Receive(toHead: true).Status);
        }

        AssertClosedOnce(python, name);
    }

    [Theory]
    [MemberData(nameof(Interpreters))]
    public void Close_is_called_once_when_the_client_goes_while_the_application_computes(string python)
    {
        var name = Servers.NewName();
        using (var conversation = Servers.Open(python))
        {
            conversation.Send($"GET /closing?name={name}&how=gated HTTP/1.1\r\nHost: test\r\n\r\n");
            Assert.Equal(200, conversation.Receive(toHead: true).Status);
        }

        Servers.OpenGate(python, name);
        AssertClosedOnce(python, name);
    }

    private static void AssertClosedOnce(string python, string name)
    {
        var count = 0;
        Until.True(
            () => (count = Servers.Count(python, name + ".close")) > 0, "close() to be called",
            () => Servers.For(python).Logs);
        Assert.Equal(1, count);
        Assert.Equal(1, Servers.Count(python, name + ".close"));
    }
}
