using System.Buffers;
using System.Runtime.InteropServices;
using Addergate.AspNetCore.Connections;
using Addergate.Posix;
using Addergate.Posix.Files;
using Microsoft.Win32.SafeHandles;

namespace Addergate.AspNetCore.Bodies;

/// <summary>
/// A body while it arrives: in memory up to a size and while the global budget has room, from then on in a spool file,
/// whole. Disposing it after <see cref="Finish"/> does nothing.
/// </summary>
internal sealed class IncomingBody : IDisposable
{
    private readonly BufferBudgets _budgets;
    private readonly DescriptorReserve _reserve;
    private readonly int _inMemory;
    private readonly string _spoolDirectory;
    private MemoryBody? _memory;
    private SpooledBody? _spool;

    public IncomingBody(BufferBudgets budgets, DescriptorReserve reserve, int inMemory, string spoolDirectory)
    {
        _budgets = budgets;
        _reserve = reserve;
        _inMemory = inMemory;
        _spoolDirectory = spoolDirectory;
        _memory = new MemoryBody(budgets.Memory);
    }

    /// <summary>For people: what the system said of a problem with the disk or with descriptors.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Adds bytes. After a problem nothing more is added.</summary>
    public ValueTask<StoreProblem> AppendAsync(ReadOnlySequence<byte> bytes)
    {
        if (_memory is not null && _memory.Length + bytes.Length <= _inMemory && _memory.TryAppend(ref bytes))
        {
            return new(StoreProblem.None);
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

    private async ValueTask<StoreProblem> SpoolAsync(ReadOnlySequence<byte> bytes)
    {
        // Creating a file may block, and this may run where sockets are served.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            if (_spool is null)
            {
                var problem = TryOpen(out var file);
                if (file is null)
                {
                    return problem;
                }

                _spool = new SpooledBody(file, _budgets.Spool);
            }

            if (_memory is not null)
            {
                if (!await _spool.TryAppendAsync(_memory.Inline).ConfigureAwait(false))
                {
                    return StoreProblem.Budgets;
                }

                _memory.Dispose();
                _memory = null;
            }

            return bytes.IsEmpty || await _spool.TryAppendAsync(Pieces(bytes)).ConfigureAwait(false)
                ? StoreProblem.None
                : StoreProblem.Budgets;
        }
        catch (IOException full)
        {
            Reason = full.Message;
            return StoreProblem.Disk;
        }
    }

    private StoreProblem TryOpen(out SafeFileHandle? file)
    {
        file = UnnamedFile.TryCreate(_spoolDirectory, out var error);
        if (file is null)
        {
            Reason = Marshal.GetPInvokeErrorMessage(error);
            return error is Errno.ProcessFiles or Errno.SystemFiles ? StoreProblem.Descriptors : StoreProblem.Disk;
        }

        if (_reserve.Has(file.DangerousGetHandle()))
        {
            file.Dispose();
            file = null;
            Reason = _reserve.ToString();
            return StoreProblem.Descriptors;
        }

        return StoreProblem.None;
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
