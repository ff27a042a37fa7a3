using FsCheck;
using FsCheck.Fluent;

namespace Addergate.Wire.Tests;

/// <summary>FsCheck in one line: a generator and what must hold for everything that it makes.</summary>
internal static class Property
{
    /// <summary>Bytes of 0 to a few hundred, every value as likely as the next.</summary>
    public static Gen<byte[]> Bytes { get; } =
        Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf();

    /// <summary>Any 64 bits: FsCheck's own integers stay small.</summary>
    public static Gen<ulong> UInt64 { get; } =
        Gen.Choose(int.MinValue, int.MaxValue).Two()
            .Select(static pair => ((ulong)(uint)pair.Item1 << 32) | (uint)pair.Item2);

    public static Gen<uint> UInt32 { get; } = UInt64.Select(static value => (uint)value);

    /// <summary>Text with everything that UTF-8 has one, two, three or four bytes for.</summary>
    public static Gen<string> Text { get; } =
        Gen.Elements("", "a", "\n", "\0", "é", "ß", "€", "\u2028", "😀", "\"", "\\", " ").ArrayOf()
            .Select(static parts => string.Concat(parts));

    /// <summary>Checks it many times; throws with the smallest counterexample.</summary>
    public static void Holds<T>(Gen<T> generator, Action<T> property, int times = 1000) =>
        Prop.ForAll(generator.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true));
}
