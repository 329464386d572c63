namespace Teams.Protocol.Files;

/// <summary>Why a file did not get from Teams to the bot, or back.</summary>
public enum FileFault
{
    /// <summary>The URL, a redirect or the address behind the name is not one that files may come from; nothing was sent there.</summary>
    NotAllowed,

    /// <summary>The file is larger than asked for, or than one request can hold.</summary>
    TooBig,

    /// <summary>The time limit passed before the whole file was there.</summary>
    TooSlow,

    /// <summary>No answer, a broken one, or a status that is not success: the link may have expired. Ask the person for the file again.</summary>
    Unavailable,
}

/// <summary>
/// A file could not be moved. The message is in our own words and never holds the URL, which is a permission by itself, so it may be logged. There
/// is no inner exception for the same reason.
/// </summary>
public abstract class FileTransferException : Exception
{
    private protected FileTransferException(FileFault kind, string message, int? status)
        : base(message)
    {
        Kind = kind;
        Status = status;
    }

    public FileFault Kind { get; }

    /// <summary>The HTTP status, where there was an answer.</summary>
    public int? Status { get; }
}

/// <summary>A file could not be downloaded.</summary>
public sealed class FileDownloadException : FileTransferException
{
    internal FileDownloadException(FileFault kind, string message, int? status)
        : base(kind, message, status) { }
}

/// <summary>A file could not be put where the person agreed to have it. It may be there nevertheless when the kind is not NotAllowed.</summary>
public sealed class FileUploadException : FileTransferException
{
    internal FileUploadException(FileFault kind, string message, int? status)
        : base(kind, message, status) { }
}
