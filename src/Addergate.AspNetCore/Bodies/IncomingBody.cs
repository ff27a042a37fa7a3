using System.Buffers;
using Addergate.Posix.Files;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Bodies;

/// <summary>
/// A body while it arrives: in memory up to a size and while the global budget has room, from then on in a spool file,
/// whole. Disposing it after <see cref="Finish"/> does nothing.
/// </summary>
internal sealed class IncomingBody : IDisposable
{
    private readonly BufferBudgets _budgets;
    private readonly int _inMemory;
    private readonly string _spoolDirectory;
    private MemoryBody? _memory;
    private SpooledBody? _spool;

    public IncomingBody(BufferBudgets budgets, int inMemory, string spoolDirectory)
    {
        _budgets = budgets;
        _inMemory = inMemory;
        _spoolDirectory = spoolDirectory;
        _memory = new MemoryBody(budgets.Memory);
    }

    /// <summary>Adds bytes.</summary>
    /// <returns>0, or the status that the request is refused with: 503 when the global budgets are used up, 507 when
    /// the file system cannot take the data.</returns>
    public ValueTask<int> AppendAsync(ReadOnlySequence<byte> bytes)
    {
        if (_memory is not null && _memory.Length + bytes.Length <= _inMemory && _memory.TryAppend(ref bytes))
        {
            return new(0);
        }

        return SpoolAsync(bytes);
    }

    /// <summary>The body, now the caller's to dispose.</summary>
    public RequestBody Finish()
    {
        RequestBody body = _spool is not null ? _spool : _memory!;
        _memory = null;
        _spool = null;
        return body;
    }

    public void Dispose()
    {
        _memory?.Dispose();
        _spool?.Dispose();
    }

    private async ValueTask<int> SpoolAsync(ReadOnlySequence<byte> bytes)
    {
        // Creating a file may block, and this may run where sockets are served.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            if (_spool is null)
            {
                var file = UnnamedFile.TryCreate(_spoolDirectory, out _);
                if (file is null)
                {
                    return StatusCodes.Status507InsufficientStorage;
                }

                _spool = new SpooledBody(file, _budgets.Spool);
            }

            if (_memory is not null)
            {
                if (!await _spool.TryAppendAsync(_memory.Inline).ConfigureAwait(false))
                {
                    return StatusCodes.Status503ServiceUnavailable;
                }

                _memory.Dispose();
                _memory = null;
            }

            return bytes.IsEmpty || await _spool.TryAppendAsync(Pieces(bytes)).ConfigureAwait(false)
                ? 0
                : StatusCodes.Status503ServiceUnavailable;
        }
        catch (IOException)
        {
            return StatusCodes.Status507InsufficientStorage;
        }
    }

    private static List<ReadOnlyMemory<byte>> Pieces(ReadOnlySequence<byte> bytes)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        foreach (var piece in bytes)
        {
            if (!piece.IsEmpty)
            {
                pieces.Add(piece);
            }
        }

        return pieces;
    }
}
