using System.Security.Cryptography;
using System.Text;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Web;

/// <summary>The access token. Only hashes are stored and compared in constant time, so that response times reveal neither the token nor its
/// length.</summary>
internal sealed class WebToken
{
    // A token must fit into a header; a larger file is not a token.
    private const int MaxBytes = 4096;
    private readonly byte[] _token;
    private readonly byte[] _session;

    private WebToken(string token)
    {
        var bytes = Encoding.UTF8.GetBytes(token);
        _token = SHA256.HashData(bytes);
        // Derived from the token: valid across restarts, and invalid once the token changes.
        Session = Convert.ToHexString(HMACSHA256.HashData(bytes, "swiftnet-live session"u8));
        _session = SHA256.HashData(Encoding.UTF8.GetBytes(Session));
    }

    /// <summary>The value of the session cookie, which does not reveal the token.</summary>
    public string Session { get; }

    /// <summary>The configured token; null = none required.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, or its content is too short or too long.</exception>
    public static WebToken? From(WebOptions options) => !options.HasToken ? null
        : string.IsNullOrWhiteSpace(options.TokenFile) ? new WebToken(options.Token!)
        : Read(options.TokenFile);

    /// <summary>Whether the text is the token.</summary>
    public bool IsToken(string given) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _token);

    /// <summary>Whether the text is the token's session value.</summary>
    public bool IsSession(string given) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _session);

    private static WebToken Read(string file)
    {
        string token;
        try
        {
            using var stream = File.OpenRead(file);
            var bytes = new byte[MaxBytes + 1];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            token = count > MaxBytes ? "" : Encoding.UTF8.GetString(bytes, 0, count).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Web:TokenFile {file} cannot be read: {e.Message}", e);
        }

        return token.Length >= WebOptions.MinTokenLength
            ? new WebToken(token)
            : throw new UserErrorException(
                $"Web:TokenFile {file} must contain a token of at least {WebOptions.MinTokenLength} characters and at most {MaxBytes} "
                    + "bytes; `openssl rand -hex 24` creates one.");
    }
}
