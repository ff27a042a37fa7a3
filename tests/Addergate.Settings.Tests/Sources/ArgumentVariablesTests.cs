using Addergate.Settings.Sources;

namespace Addergate.Settings.Tests.Sources;

public sealed class ArgumentVariablesTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["PORT"] = "80", ["_a1"] = "$PORT" };

    [Theory]
    [InlineData("--port=$PORT", "--port=80")]
    [InlineData("${PORT}80", "8080")]
    [InlineData("$PORT80 $NONE ${NONE} ${PORT $ $1 $-", "$PORT80 $NONE ${NONE} ${PORT $ $1 $-")]
    [InlineData("$_a1", "$PORT")]
    [InlineData("$$PORT $${PORT} $$$PORT $$ $$1", "$PORT ${PORT} $$PORT $$ $$1")]
    public void Variables_that_there_are_take_the_place_of_their_names(string argument, string expanded) =>
        Assert.Equal([expanded], ArgumentVariables.Expand([argument], Variables));

    [Theory]
    [InlineData("50% of $PORT")]
    [InlineData("$$PORT ${PORT} $$${PORT} $ $$ $1$")]
    public void What_is_escaped_stays(string argument) =>
        Assert.Equal([argument], ArgumentVariables.Expand([ArgumentVariables.Escape(argument)], Variables));
}
