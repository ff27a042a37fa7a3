namespace Addergate.Posix;

/// <summary>errno values of Linux that are told apart somewhere.</summary>
public static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int NoReader = 6; // ENXIO, of a FIFO
    public const int Again = 11;
    public const int NoMemory = 12;
    public const int Access = 13;
    public const int Exists = 17;
    public const int CrossesDevice = 18;
    public const int NotDirectory = 20;
    public const int IsDirectory = 21;
    public const int Invalid = 22;
    public const int SystemFiles = 23; // ENFILE
    public const int ProcessFiles = 24; // EMFILE
    public const int Range = 34;
    public const int NameTooLong = 36;
    public const int NoSystemCall = 38;
    public const int TooManyLinks = 40;
    public const int MessageSize = 90;
    public const int NoBuffers = 105;
}
