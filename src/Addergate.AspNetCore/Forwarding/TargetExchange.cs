namespace Addergate.AspNetCore.Forwarding;

/// <summary>
/// A connection to a target as the client library has it, above TLS. It adds two things:
/// <list type="bullet">
/// <item>An end of stream in the place of an answer is an error. The library would take it for an idle connection that was
/// closed and send the request again, which the target may have carried out.</item>
/// <item>The body of a request can go past the library, which looks at an answer only when it has sent the whole request. A
/// target that answers while the body still comes, and takes no more of it, would then be a broken connection; and one that
/// answers piece by piece, as it reads, would stand still with us when both have filled the buffers between them. So the
/// library is let believe that it sends the body: what it writes after the head is dropped, and it goes on to the answer. When
/// that is whole the library thinks the connection idle and may close it; while the body is still on its way it stays open.</item>
/// </list>
/// </summary>
internal sealed class TargetExchange(Stream inner) : AsyncStream
{
    private volatile bool _isAnswerDue;
    private readonly Lock _lock = new();
    private volatile bool _isBodyTakenOver;
    private bool _isBodyOnItsWay;
    private bool _isLibraryDone;

    /// <summary>Whether an end of stream is one like any other: once the connection is a tunnel.</summary>
    public bool IsTunnel { get; set; }

    /// <summary>The next request follows.</summary>
    public void Begin() => _isBodyTakenOver = false;

    /// <summary>Where the body goes.</summary>
    public Stream TakeOverBody()
    {
        _isBodyTakenOver = true;
        lock (_lock)
        {
            _isBodyOnItsWay = true;
        }

        return inner;
    }

    /// <summary>Nothing more of the body follows.</summary>
    public void GiveBackBody()
    {
        bool closes;
        lock (_lock)
        {
            _isBodyOnItsWay = false;
            closes = _isLibraryDone;
        }

        if (closes)
        {
            inner.Dispose();
        }
    }

    /// <summary>Closes the connection, whoever still uses it.</summary>
    public void CloseNow()
    {
        inner.Dispose();
        Dispose();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = inner.ReadAsync(buffer, cancellationToken);
        return read.IsCompletedSuccessfully
            ? new ValueTask<int>(Judge(read.Result, buffer.Length))
            : WaitAsync(read, buffer.Length);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isBodyTakenOver)
        {
            return ValueTask.CompletedTask;
        }

        _isAnswerDue = true;
        return inner.WriteAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            bool closes;
            lock (_lock)
            {
                _isLibraryDone = true;
                closes = !_isBodyOnItsWay;
            }

            if (closes)
            {
                inner.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> WaitAsync(ValueTask<int> read, int asked) => Judge(await read.ConfigureAwait(false), asked);

    private int Judge(int count, int asked)
    {
        if (count > 0)
        {
            _isAnswerDue = false;
        }
        else if (asked > 0 && _isAnswerDue && !IsTunnel)
        {
            throw new IOException("the connection was closed without an answer");
        }

        return count;
    }
}
