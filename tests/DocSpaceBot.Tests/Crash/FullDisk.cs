using System.Runtime.InteropServices;

namespace DocSpaceBot.Tests.Crash;

/// <summary>Linux lets the size of the files that a process may write be limited from outside, while it runs.</summary>
internal static class FullDisk
{
    private const int FileSize = 1;

    public static void Limit(int processId, ulong bytes)
    {
        var limit = new Limits { Soft = bytes, Hard = ulong.MaxValue };

        if (ChangeLimit(processId, FileSize, ref limit, IntPtr.Zero) != 0)
        {
            throw new InvalidOperationException($"The limit could not be set: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static extern int ChangeLimit(int processId, int resource, ref Limits limit, IntPtr before);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public ulong Soft;
        public ulong Hard;
    }
}
