namespace SwiftNet.Sights;

/// <summary>What an <see cref="ObjectSight"/> remembers; a snapshot holds it as it is.</summary>
internal record struct SightHistory
{
    /// <summary>How the object fares.</summary>
    public ObjectState State { get; set; }

    /// <summary>The newest mask that was believed.</summary>
    public Sighting Last { get; set; }

    /// <summary>The largest area that was believed, fading; 0 before the first.</summary>
    public double Largest { get; set; }

    /// <summary>How far the centre moves in a step, smoothed.</summary>
    public double Speed { get; set; }

    /// <summary>Steps since a mask was believed.</summary>
    public int Unseen { get; set; }

    /// <summary>Steps since the object was found again.</summary>
    public int Found { get; set; }

    /// <summary>The newest mask of those that have to prove themselves.</summary>
    public Sighting Candidate { get; set; }

    /// <summary>How many there were one after the other that agree.</summary>
    public int Proofs { get; set; }
}
