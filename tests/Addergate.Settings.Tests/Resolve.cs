using Addergate.Settings.Configuration;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Resolution;
using Addergate.Settings.Sources;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests;

/// <summary>A command line, written as one would type it, against a fake machine.</summary>
internal static class Resolve
{
    internal static SettingsResult Line(string line, IMachine? machine = null) =>
        Words(machine ?? new FakeMachine(), line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The same with words that may have spaces in them.</summary>
    internal static SettingsResult Words(IMachine machine, params string[] words)
    {
        var read = CommandLineReader.Read(words);
        return SettingsResolver.Resolve(read.Texts, read.Mistakes, machine);
    }

    /// <summary>The same with a configuration file in JSON, which lies in the machine's current directory.</summary>
    internal static SettingsResult File(string json, string line = "", FakeMachine? machine = null)
    {
        machine ??= new FakeMachine();
        var read = CommandLineReader.Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var known = read.Mistakes.ToList();
        var file = ConfigurationFinder.Find(read.Texts, machine.File("/srv/addergate.json", json), known);
        Assert.NotNull(file);
        return SettingsResolver.Resolve(read.Texts, known, machine, JsonSource.Read(file));
    }

    internal static ServerSettings GoodFile(string json, string line = "", FakeMachine? machine = null)
    {
        var result = File(json, line, machine);
        Assert.Empty(result.Mistakes);
        return result.Settings!;
    }

    internal static string[] FileMistakes(string json, string line = "", FakeMachine? machine = null)
    {
        var result = File(json, line, machine);
        Assert.Null(result.Settings);
        return [.. result.Mistakes.Select(mistake => mistake.ToString())];
    }

    internal static ServerSettings Good(string line, IMachine? machine = null)
    {
        var result = Line(line, machine);
        Assert.Empty(result.Mistakes);
        return result.Settings!;
    }

    internal static string[] Mistakes(string line, IMachine? machine = null)
    {
        var result = Line(line, machine);
        Assert.Null(result.Settings);
        return [.. result.Mistakes.Select(mistake => mistake.ToString())];
    }

    internal static string Mistake(string line, IMachine? machine = null) => Assert.Single(Mistakes(line, machine));
}
