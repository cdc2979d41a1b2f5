namespace SwiftNet.Sights;

/// <summary>
/// How one object fares, judged mask by mask against its own recent history: what state it is in, and whether the newest mask is
/// believed. It knows no time but steps, and costs nothing but what comes to the host with the mask.
/// </summary>
/// <remarks>
/// Where an object has left, the network finds something in its place or elsewhere, and is as sure of it (0.9) as of the object itself.
/// Appearance distinguishes the two: on the clips of <c>samples/davis-absence.txt</c> its cosine is 0.6 to 0.98 for objects and 0.05 to
/// 0.53 for what is taken for them. The other thresholds are chosen wide, so that no mask of DAVIS's ordinary sequences is refused for its
/// size or place.
/// </remarks>
internal sealed class ObjectSight
{
    /// <summary>Of the largest recent area, the share below which an object is not seen: crumbs.</summary>
    public const double LeastShare = 0.03;

    /// <summary>The same for a mask that the network is not sure of, such as the rim of something else: one whose mean probability is below
    /// <see cref="UnsureConfidence"/>.</summary>
    public const double UnsureShare = 0.1;

    /// <summary>See <see cref="UnsureShare"/>; of whole objects it is about 0.9.</summary>
    public const double UnsureConfidence = 0.6;

    /// <summary>Share of the frame that a mask floods when it is also <see cref="FloodGrowth"/> times the largest recent area.</summary>
    public const double FloodShare = 0.3;

    /// <summary>The same share of a window, which an object may fill to a good part.</summary>
    public const double WindowFloodShare = 0.7;

    /// <summary>See <see cref="FloodShare"/>.</summary>
    public const double FloodGrowth = 2;

    /// <summary>Times the largest recent area that an object may have from one step to the next.</summary>
    public const double Growth = 3;

    /// <summary>Sides of the object (the square root of its area) that its centre may move in a step besides twice its recent speed; as
    /// much again for every <see cref="ReachSteps"/> unseen.</summary>
    public const double Reach = 1.5;

    /// <summary>See <see cref="Reach"/>.</summary>
    public const double ReachSteps = 6;

    /// <summary>Steps unseen after which an object is lost: half a second at 24 frames a second.</summary>
    public const int LostAfter = 12;

    /// <summary>Masks in a row that have to agree before a jump, or what looks like a lost object, is believed.</summary>
    public const int Proof = 3;

    /// <summary>Mean probability that each of them needs.</summary>
    public const double ProofConfidence = 0.75;

    /// <summary>Times the largest recent area that each of them may have at most, and the share of it that each has at least.</summary>
    public const double ProofMost = 8, ProofLeast = 0.33;

    /// <summary>Cosine to its trusted or its latest look that a mask needs at least.</summary>
    public const double Likeness = 0.5;

    /// <summary>The same for a mask that has to prove itself.</summary>
    public const double ProofLikeness = 0.6;

    /// <summary>Steps for which an object counts as recovered: a second at 24 frames a second.</summary>
    public const int RecoveredFor = 24;

    // What a step leaves of the largest area: half of it is forgotten in 70 steps, about three seconds.
    private const double Fade = 0.99;

    // What a step adds to the smoothed speed.
    private const double SpeedShare = 0.3;

    private SightHistory _history;

    /// <summary>Begins with nothing known; <see cref="Begin"/> gives a mask that is certain.</summary>
    public ObjectSight()
    {
    }

    /// <summary>Goes on from a history.</summary>
    public ObjectSight(SightHistory history) => _history = history;

    /// <summary>What it remembers.</summary>
    public SightHistory History => _history;

    /// <summary>How the object fares.</summary>
    public ObjectState State => _history.State;

    /// <summary>Why the newest mask is not believed; none also where a lost object's is still being proved.</summary>
    public MaskRefusal Refusal { get; private set; }

    /// <summary>Whether the newest mask is shown.</summary>
    public bool IsShown { get; private set; } = true;

    /// <summary>Whether the newest mask may go to memory: it is believed, and there is something.</summary>
    public bool IsWritten { get; private set; } = true;

    /// <summary>Begins anew with a mask that is certain.</summary>
    public void Begin(Sighting given)
    {
        _history = new SightHistory { Last = given, Largest = given.Area };
        (Refusal, IsShown, IsWritten) = (MaskRefusal.None, true, true);
    }

    /// <summary>Judges the newest mask.</summary>
    public void See(Sighting now)
    {
        var lost = State == ObjectState.Lost;
        Refusal = MaskRefusal.None;
        if (now.Area <= _history.Largest * (now.Confidence < UnsureConfidence ? UnsureShare : LeastShare))
        {
            // Nothing there, or crumbs: nothing to learn from, and what memory learnt of empty places would make it forget the object.
            _history.Proofs = 0;
            Miss(shown: !lost);
            return;
        }

        Refusal = Floods(now) ? MaskRefusal.Flood : lost || Fits(now) ? MaskRefusal.None : MaskRefusal.Jump;
        if ((Refusal != MaskRefusal.None || lost) && !Proves(now))
        {
            Miss(shown: false);
            return;
        }

        Refusal = MaskRefusal.None;
        Believe(now, lost);
    }

    private bool Floods(Sighting now) =>
        (now.Area > FloodShare || now.WindowShare > WindowFloodShare) && now.Area > _history.Largest * FloodGrowth;

    private bool Fits(Sighting now)
    {
        var steps = 1 + _history.Unseen;
        var reach = (Reach * (1 + (_history.Unseen / ReachSteps)) * Math.Max(now.Side, _history.Last.Side)) + (2 * steps * _history.Speed);
        return now.Area <= _history.Largest * Growth && now.DistanceTo(_history.Last) <= reach && now.Alike >= Likeness;
    }

    /// <summary>Counts a mask that has to prove itself, and says whether there are enough of them that agree. A flood proves
    /// nothing.</summary>
    private bool Proves(Sighting now)
    {
        var before = _history.Candidate;
        var agrees = _history.Proofs > 0
            && now.DistanceTo(before) <= Math.Max(now.Side, before.Side)
            && now.Area < 2 * before.Area
            && before.Area < 2 * now.Area;
        var counts = Refusal != MaskRefusal.Flood && now.Confidence >= ProofConfidence && now.Alike >= ProofLikeness
            && now.Area >= _history.Largest * ProofLeast && now.Area <= _history.Largest * ProofMost;
        _history.Proofs = !counts ? 0 : agrees ? _history.Proofs + 1 : 1;
        _history.Candidate = now;
        return _history.Proofs >= Proof;
    }

    private void Believe(Sighting now, bool wasLost)
    {
        var speed = _history.Unseen == 0 && _history.Largest > 0 ? now.DistanceTo(_history.Last) : 0;
        _history.Speed = wasLost ? 0 : ((1 - SpeedShare) * _history.Speed) + (SpeedShare * speed);
        _history.Found = wasLost ? 0 : Math.Min(_history.Found + 1, RecoveredFor);
        _history.State = wasLost || (State == ObjectState.Recovered && _history.Found < RecoveredFor)
            ? ObjectState.Recovered
            : ObjectState.Tracking;
        _history.Largest = Math.Max(now.Area, _history.Largest * Fade);
        (_history.Last, _history.Unseen, _history.Proofs) = (now, 0, 0);
        (IsShown, IsWritten) = (true, true);
    }

    private void Miss(bool shown)
    {
        _history.Unseen++;
        _history.State = _history.Unseen >= LostAfter ? ObjectState.Lost : ObjectState.Occluded;
        (IsShown, IsWritten) = (shown, false);
    }
}
