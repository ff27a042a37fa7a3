using System.Diagnostics.CodeAnalysis;
using Addergate.Settings.Mistakes;

namespace Addergate.Cli.Interpreters;

/// <summary>What came of asking: an interpreter that can serve, or why it cannot.</summary>
internal sealed record InterpreterAnswer(Interpreter? Interpreter, Mistake? Mistake)
{
    [MemberNotNullWhen(true, nameof(Interpreter))]
    [MemberNotNullWhen(false, nameof(Mistake))]
    internal bool CanServe => Interpreter is not null;

    internal static InterpreterAnswer Wrong(string message, string advice) => new(null, new Mistake(message, advice));
}
