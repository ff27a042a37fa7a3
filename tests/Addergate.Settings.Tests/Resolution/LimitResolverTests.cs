namespace Addergate.Settings.Tests.Resolution;

public sealed class LimitResolverTests
{
    [Fact]
    public void A_buffer_must_fit_in_the_memory_for_all() => Assert.Equal(
        "--response-buffer-size 32M is more than --buffer-memory 16M; raise --buffer-memory",
        Resolve.Mistake("--response-buffer-size 32M --buffer-memory 16M"));
}
