namespace Addergate.Python;

/// <summary>The running Python lacks a function of the C API that Addergate needs.</summary>
public sealed class MissingSymbolException(string symbol) : Exception(
    $"it does not export {symbol}; Addergate needs CPython 3.9 or later, built without hiding its symbols")
{
    public string Symbol { get; } = symbol;
}
