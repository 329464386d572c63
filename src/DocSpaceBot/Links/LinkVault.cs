using System.Security.Cryptography;
using System.Text;
using DocSpace.Api;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Links;

/// <summary>
/// Seals invitation links for storage: whoever reads the database, or a copy of it, cannot join with what they find. The key is derived from the API
/// key, whose holder could have links made anyway; when that is replaced, old seals cannot be broken and the links are asked for anew.
/// </summary>
internal sealed class LinkVault(IOptions<DocSpaceOptions> docSpace)
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int MarkBytes = 16;

    private readonly byte[] sealing = KeyFor(docSpace.Value, "DocSpaceBot: links in storage");
    private readonly byte[] marking = KeyFor(docSpace.Value, "DocSpaceBot: links to know again");

    /// <param name="about">What the seal belongs to: it cannot be moved to another row.</param>
    public string Seal(string link, string about)
    {
        var text = Encoding.UTF8.GetBytes(link);
        var sealedBytes = new byte[NonceBytes + text.Length + TagBytes];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(sealing, TagBytes);
        aes.Encrypt(nonce, text, sealedBytes.AsSpan(NonceBytes, text.Length), sealedBytes.AsSpan(NonceBytes + text.Length), Name(about));
        return Convert.ToBase64String(sealedBytes);
    }

    /// <summary>Null when it was sealed with another key, for something else, or changed.</summary>
    public string? Open(string secret, string about)
    {
        try
        {
            var sealedBytes = Convert.FromBase64String(secret);

            if (sealedBytes.Length < NonceBytes + TagBytes)
            {
                return null;
            }

            var text = new byte[sealedBytes.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(sealing, TagBytes);
            aes.Decrypt(
                sealedBytes.AsSpan(0, NonceBytes),
                sealedBytes.AsSpan(NonceBytes, text.Length),
                sealedBytes.AsSpan(NonceBytes + text.Length),
                text,
                Name(about)
            );
            return Encoding.UTF8.GetString(text);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>By which a link is known again when somebody pastes it, without keeping it.</summary>
    public string MarkOf(string canonical) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(marking, Encoding.UTF8.GetBytes(canonical)).AsSpan(0, MarkBytes));

    private static byte[] Name(string about) => Encoding.UTF8.GetBytes(about);

    private static byte[] KeyFor(DocSpaceOptions options, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.ApiKey), KeyBytes, info: Encoding.UTF8.GetBytes(purpose));
}
