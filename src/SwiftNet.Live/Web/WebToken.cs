using System.Security.Cryptography;
using System.Text;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Web;

/// <summary>What a visitor has to know. Only hashes are kept and compared, in constant time, so that neither the token nor its length shows in how long a refusal takes.</summary>
internal sealed class WebToken
{
    /// <summary>The least length, in characters: 16 random letters and digits are about 95 bits.</summary>
    public const int MinLength = 16;

    // No token is longer than a header may be; a larger file is something else.
    private const int MaxBytes = 4096;
    private readonly byte[] _token;
    private readonly byte[] _session;

    private WebToken(string token)
    {
        var bytes = Encoding.UTF8.GetBytes(token);
        _token = SHA256.HashData(bytes);
        // Made of the token: it outlives a restart of the service, and ends when the token is changed.
        Session = Convert.ToHexString(HMACSHA256.HashData(bytes, "swiftnet-live session"u8));
        _session = SHA256.HashData(Encoding.UTF8.GetBytes(Session));
    }

    /// <summary>What a browser keeps in a cookie in place of the token, which it does not tell.</summary>
    public string Session { get; }

    /// <summary>The token of the options; null where none is asked for.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, or what it holds is too short or too long.</exception>
    public static WebToken? From(WebOptions options) => !options.HasToken ? null
        : string.IsNullOrWhiteSpace(options.TokenFile) ? new WebToken(options.Token!)
        : Read(options.TokenFile);

    /// <summary>Whether this is the token.</summary>
    public bool IsToken(string given) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _token);

    /// <summary>Whether this is the session of the token.</summary>
    public bool IsSession(string given) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _session);

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

        return token.Length >= MinLength
            ? new WebToken(token)
            : throw new UserErrorException($"Web:TokenFile {file} must hold a token of at least {MinLength} characters and at most {MaxBytes} bytes; `openssl rand -hex 24` makes one.");
    }
}
