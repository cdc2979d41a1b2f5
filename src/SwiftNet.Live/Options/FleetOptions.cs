namespace SwiftNet.Live.Options;

/// <summary>What the boxes of a fleet find each other by.</summary>
internal enum FleetClustering
{
    /// <summary>This box alone, with nothing beside it: for trying out.</summary>
    Loopback,

    /// <summary>A Redis server.</summary>
    Redis,

    /// <summary>A PostgreSQL database.</summary>
    AdoNet,
}

/// <summary>The fleet that this box belongs to: boxes that share their cameras out among themselves. Without <see cref="ClusterId"/> there is none, and nothing of it is started.</summary>
internal sealed record FleetOptions
{
    /// <summary>The fleet's name, the same on all its boxes: letters, digits, - and _, at most 64; nothing for no fleet.</summary>
    public string? ClusterId { get; init; }

    /// <summary>The name of what runs, the same on all boxes; default swiftnet-live.</summary>
    public string ServiceId { get; init; } = "swiftnet-live";

    /// <summary>loopback, redis or adonet (PostgreSQL); default loopback.</summary>
    public FleetClustering Clustering { get; init; }

    /// <summary>Where the store is: HOST:PORT,password=… for Redis, Host=…;Username=…;Password=…;Database=… for PostgreSQL; nothing with loopback.</summary>
    [Secret]
    public string? ConnectionString { get; init; }

    /// <summary>A file with the connection string, in place of <see cref="ConnectionString"/>; or nothing.</summary>
    public string? ConnectionStringFile { get; init; }

    /// <summary>This box's name, of its own in the fleet; nothing for the machine's.</summary>
    public string? Box { get; init; }

    /// <summary>The address of this box that the others reach it at, and that it listens on. Default: 127.0.0.1, this machine alone.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port that the others reach it at; 1 to 65,535, default 11111.</summary>
    public int Port { get; init; } = 11_111;

    /// <summary>What this box has besides its processor, which a camera may need: names with commas between them, such as cuda:0 or /dev/video0; default none.</summary>
    public string Devices { get; init; } = "";

    /// <summary>For one camera: what its box must have, as that box names it; nothing for any box. A camera at /dev/videoN needs that.</summary>
    public string? Needs { get; init; }

    /// <summary>Milliseconds of device time that this box gives its cameras in a second; 1 to 1,000,000, default 900.</summary>
    public double BudgetMilliseconds { get; init; } = 900;

    /// <summary>For one camera: milliseconds of device time a second that it is taken to need until it has been measured; 0 to 1,000,000, default 200.</summary>
    public double CameraMilliseconds { get; init; } = 200;

    /// <summary>How long a box keeps its cameras without being heard, in seconds; then it lets go, and others take them. 2 to 120, default 5.</summary>
    public double LeaseSeconds { get; init; } = 5;

    /// <summary>Cameras that move for balance in a minute, at most; 0 to 1,000, default 2. Those of a box that stops or is lost move at once.</summary>
    public int MovesPerMinute { get; init; } = 2;

    /// <summary>Seconds between two snapshots of what a camera follows; 0.5 to 600, default 5. A change of its objects makes one at once.</summary>
    public double SnapshotSeconds { get; init; } = 5;

    /// <summary>An S3-compatible store for the snapshots, in place of the fleet's own.</summary>
    public FleetS3Options S3 { get; init; } = new();

    /// <summary>Whether Orleans' own dashboard is served at /orleans/ of the page; the same on all boxes. Default: no.</summary>
    public bool Dashboard { get; init; }

    /// <summary>For measuring a fleet: what a stand-in for the network takes for a frame, in milliseconds, doing nothing; 0 to 10,000, default 0, which is the real network.</summary>
    public double StubMilliseconds { get; init; }

    /// <summary>Whether this box belongs to a fleet.</summary>
    public bool IsFleet => !string.IsNullOrWhiteSpace(ClusterId);

    /// <summary>The name of this box.</summary>
    public string NodeName => string.IsNullOrWhiteSpace(Box) ? Environment.MachineName : Box;

    /// <summary>What this box has, one by one.</summary>
    public string[] DeviceList => Devices.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Tells no connection string.</summary>
    public override string ToString() => ClusterId ?? "";
}

/// <summary>An S3-compatible store.</summary>
internal sealed record FleetS3Options
{
    /// <summary>Its address, http(s)://HOST:PORT; nothing for none.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The bucket, which is there.</summary>
    public string Bucket { get; init; } = "swiftnet-live";

    /// <summary>The access key.</summary>
    [Secret]
    public string? AccessKey { get; init; }

    /// <summary>The secret key.</summary>
    [Secret]
    public string? SecretKey { get; init; }

    /// <summary>Tells no key.</summary>
    public override string ToString() => Endpoint ?? "";
}
