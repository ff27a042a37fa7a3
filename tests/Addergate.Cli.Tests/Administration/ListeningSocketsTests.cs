using Addergate.Cli.Administration;

namespace Addergate.Cli.Tests.Administration;

public sealed class ListeningSocketsTests
{
    [Fact]
    public void Server_roots_are_read_from_the_kernels_table()
    {
        string[] table =
        [
            "Num       RefCount Protocol Flags    Type St Inode Path",
            "0000000000000000: 00000002 00000000 00010000 0001 01 21441 /srv/my site/addergate.control",
            "0000000000000000: 00000002 00000000 00010000 0001 01 21442 /a/addergate.control",
            "0000000000000000: 00000003 00000000 00000000 0001 03 21443 /connected/addergate.control",
            "0000000000000000: 00000002 00000000 00010000 0001 01 21444 /a/addergate.control",
            "0000000000000000: 00000002 00000000 00010000 0001 01 21445 /proc/self/fd/7/addergate.control",
            "0000000000000000: 00000002 00000000 00010000 0001 01 21446 @abstract",
            "0000000000000000: 00000002 00000000 00010000 0001 01 21447",
            "0000000000000000: 00000002 00000000 00010000 0001 01 21448 /b/not-addergate.control",
        ];
        Assert.Equal(["/a", "/srv/my site"], ListeningSockets.RootsIn(table));
    }
}
