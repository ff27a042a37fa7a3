using Addergate.Supervisor.Fleets;

namespace Addergate.Supervisor.Tests.Fleets;

public sealed class RecycleReasonsTests
{
    [Fact]
    public void Each_reason_is_named_as_its_identifier() => Assert.All(
        Enum.GetValues<RecycleReason>(),
        static reason => Assert.Equal(
            reason.ToString(),
            string.Concat(RecycleReasons.NameOf(reason).Split('_').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]))));
}
