namespace SwiftNet.Live.Options;

/// <summary>The membership store of a fleet.</summary>
internal enum FleetClustering
{
    /// <summary>None: this node alone, for trials.</summary>
    Loopback,

    /// <summary>A Redis server.</summary>
    Redis,

    /// <summary>A PostgreSQL database.</summary>
    AdoNet,
}

/// <summary>The fleet that this node belongs to: nodes that share their cameras. Without <see cref="ClusterId"/> there is no fleet, and no
/// part of it starts.</summary>
internal sealed record FleetOptions
{
    /// <summary>The fleet's name, identical on all nodes: letters, digits, - and _, at most 64; empty = no fleet.</summary>
    public string? ClusterId { get; init; }

    /// <summary>The service's name, identical on all nodes; default swiftnet-live.</summary>
    public string ServiceId { get; init; } = "swiftnet-live";

    /// <summary>loopback, redis or adonet (PostgreSQL); default loopback.</summary>
    public FleetClustering Clustering { get; init; }

    /// <summary>Connection string of the store: HOST:PORT,password=… for Redis, Host=…;Username=…;Password=…;Database=… for PostgreSQL;
    /// empty with loopback.</summary>
    [Secret]
    public string? ConnectionString { get; init; }

    /// <summary>A file that contains the connection string, instead of <see cref="ConnectionString"/>.</summary>
    public string? ConnectionStringFile { get; init; }

    /// <summary>This node's name, unique in the fleet; empty = the machine's name.</summary>
    public string? Node { get; init; }

    /// <summary>The address on which this node listens for the other nodes. Default: 127.0.0.1, this machine only.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port on which this node listens for the other nodes; 1 to 65,535, default 11111.</summary>
    public int Port { get; init; } = 11_111;

    /// <summary>Devices of this node that a camera may require, comma-separated, such as cuda:0 or /dev/video0; default none.</summary>
    public string Devices { get; init; } = "";

    /// <summary>Per camera: the device that its node must have, as named in <see cref="Devices"/>; empty = any node. A v4l2 source requires
    /// its device by default.</summary>
    public string? Needs { get; init; }

    /// <summary>Device time that this node offers to cameras, in ms/s; 1 to 1,000,000, default 900.</summary>
    public double BudgetMilliseconds { get; init; } = 900;

    /// <summary>Per camera: estimated device time in ms/s until it has been measured; 0 to 1,000,000, default 200.</summary>
    public double CameraMilliseconds { get; init; } = 200;

    /// <summary>Seconds that a node may run its cameras without contact to the fleet; then it stops them, and other nodes take over. 2 to
    /// 120, default 5.</summary>
    public double LeaseSeconds { get; init; } = 5;

    /// <summary>Maximum number of balancing moves per minute; 0 to 1,000, default 2. Cameras of a node that stops or dies move at
    /// once.</summary>
    public int MovesPerMinute { get; init; } = 2;

    /// <summary>Seconds between two snapshots of a camera's state; 0.5 to 600, default 5. A change of objects triggers a snapshot at
    /// once.</summary>
    public double SnapshotSeconds { get; init; } = 5;

    /// <summary>An S3-compatible store for snapshots, instead of the fleet's own store.</summary>
    public FleetS3Options S3 { get; init; } = new();

    /// <summary>Whether Orleans' dashboard is served at /orleans/; must be identical on all nodes. Default: no.</summary>
    public bool Dashboard { get; init; }

    /// <summary>For load tests: replaces the network by a stub that takes this many milliseconds per frame; 0 to 10,000, default 0 = the
    /// real network.</summary>
    public double StubMilliseconds { get; init; }

    /// <summary>Whether this node belongs to a fleet.</summary>
    public bool IsFleet => !string.IsNullOrWhiteSpace(ClusterId);

    /// <summary>The name of this node.</summary>
    public string NodeName => string.IsNullOrWhiteSpace(Node) ? Environment.MachineName : Node;

    /// <summary>The entries of <see cref="Devices"/>.</summary>
    public string[] DeviceList => Devices.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Returns only the fleet's name, so that no connection string is logged.</summary>
    public override string ToString() => ClusterId ?? "";
}

/// <summary>An S3-compatible store.</summary>
internal sealed record FleetS3Options
{
    /// <summary>The endpoint, http(s)://HOST:PORT; empty = no S3 store.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The bucket; it must exist.</summary>
    public string Bucket { get; init; } = "swiftnet-live";

    /// <summary>The access key.</summary>
    [Secret]
    public string? AccessKey { get; init; }

    /// <summary>The secret key.</summary>
    [Secret]
    public string? SecretKey { get; init; }

    /// <summary>Returns only the endpoint, so that no key is logged.</summary>
    public override string ToString() => Endpoint ?? "";
}
