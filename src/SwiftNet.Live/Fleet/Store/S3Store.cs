using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using SwiftNet.Live.Options;

namespace SwiftNet.Live.Fleet.Store;

/// <summary>A store with snapshots in an S3-compatible bucket. The inner store keeps only the name of the current S3 object, so it alone
/// decides which snapshot is the newest; no conditional writes are needed from S3.</summary>
/// <param name="inner">The fleet's store; disposed with this one.</param>
/// <param name="options">Endpoint, bucket and keys.</param>
/// <param name="cluster">The cluster's name, prefix of every S3 object name.</param>
internal sealed class S3Store(IFleetStore inner, FleetS3Options options, string cluster) : IFleetStore
{
    private const string Snapshots = "snapshot:";
    private readonly AmazonS3Client _s3 = new(
        new BasicAWSCredentials(options.AccessKey ?? "", options.SecretKey ?? ""),
        new AmazonS3Config
        {
            ServiceURL = options.Endpoint,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            Timeout = TimeSpan.FromSeconds(5),
            MaxErrorRetry = 0,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });

    /// <inheritdoc/>
    public Task PrepareAsync() => inner.PrepareAsync();

    /// <inheritdoc/>
    public Task<long> NextEpochAsync(string of) => inner.NextEpochAsync(of);

    /// <inheritdoc/>
    public Task<long> EpochAsync(string of) => inner.EpochAsync(of);

    /// <inheritdoc/>
    public async Task<bool> PutAsync(string key, ReadOnlyMemory<byte> value, string of, long epoch)
    {
        if (!key.StartsWith(Snapshots, StringComparison.Ordinal))
        {
            return await inner.PutAsync(key, value, of, epoch);
        }

        // A unique name: an S3 object written by a stale activation is never referenced.
        var before = await inner.GetAsync(key);
        var name = $"{cluster}/{key.Replace(':', '/')}/{epoch}-{Guid.NewGuid():N}";
        await AskAsync(async () =>
        {
            using var body = new MemoryStream(value.ToArray());
            return await _s3.PutObjectAsync(
                new PutObjectRequest { BucketName = options.Bucket, Key = name, InputStream = body, UseChunkEncoding = false });
        });
        var kept = await inner.PutAsync(key, Encoding.UTF8.GetBytes(name), of, epoch);
        if ((kept ? before : Encoding.UTF8.GetBytes(name)) is { } old)
        {
            await AskAsync(() => _s3.DeleteObjectAsync(options.Bucket, Encoding.UTF8.GetString(old)));
        }

        return kept;
    }

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string key)
    {
        var kept = await inner.GetAsync(key);
        if (kept is null || !key.StartsWith(Snapshots, StringComparison.Ordinal))
        {
            return kept;
        }

        return await AskAsync(async () =>
        {
            try
            {
                using var answer = await _s3.GetObjectAsync(options.Bucket, Encoding.UTF8.GetString(kept));
                using var body = new MemoryStream();
                await answer.ResponseStream.CopyToAsync(body);
                return body.ToArray();
            }
            catch (NoSuchKeyException)
            {
                return null;
            }
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _s3.Dispose();
        return inner.DisposeAsync();
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (AmazonServiceException e)
        {
            throw new FleetStoreException($"the store of snapshots (S3) refuses: {e.ErrorCode ?? e.Message}", e);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException or OperationCanceledException)
        {
            throw new FleetStoreException("the store of snapshots (S3) cannot be reached", e);
        }
    }
}
