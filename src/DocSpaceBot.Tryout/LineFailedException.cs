using System.Diagnostics.CodeAnalysis;

namespace DocSpaceBot.Tryout;

/// <summary>A line could not be done, or what it checks is not so. The message is for the person at the terminal.</summary>
[SuppressMessage("Design", "S3871", Justification = "The try-out is a program: nobody outside can catch it.")]
internal sealed class LineFailedException(string message) : Exception(message);
