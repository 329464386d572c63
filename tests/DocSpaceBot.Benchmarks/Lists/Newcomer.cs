using System.Globalization;
using System.Text;

namespace DocSpaceBot.Benchmarks.Lists;

/// <summary>Somebody whom the portal does not know yet.</summary>
internal sealed record Newcomer(string Email, string FirstName, string LastName)
{
    /// <param name="who">A letter, so that two lists have nobody in common.</param>
    public static IReadOnlyList<Newcomer> Make(char who, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(number => new Newcomer(
                    string.Create(CultureInfo.InvariantCulture, $"{who}{number:D4}@lists.example"),
                    "Robin",
                    LastNameOf(number)
                )),
        ];

    /// <summary>The file that a personnel office would send.</summary>
    public static byte[] File(IEnumerable<Newcomer> people) =>
        Encoding.UTF8.GetBytes(
            string.Join(
                "\r\n",
                people
                    .Select(person => $"{person.FirstName},{person.LastName},{person.Email},User")
                    .Prepend("First name,Last name,E-mail,Role")
            )
        );

    /// <summary>DocSpace takes no digits in a name.</summary>
    private static string LastNameOf(int number) =>
        string.Create(
            3,
            number,
            static (name, rest) =>
            {
                for (var i = name.Length - 1; i >= 0; i--)
                {
                    name[i] = (char)((i == 0 ? 'A' : 'a') + (rest % 26));
                    rest /= 26;
                }
            }
        );
}
