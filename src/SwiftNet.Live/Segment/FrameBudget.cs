namespace SwiftNet.Live.Segment;

/// <summary>What the budget gives and takes.</summary>
internal enum BudgetMeasure
{
    /// <summary>The network picture's size.</summary>
    Size,

    /// <summary>The memory's capacity.</summary>
    Capacity,
}

/// <summary>One step on the ladder.</summary>
/// <param name="Measure">Of what.</param>
/// <param name="Down">Down, or up again.</param>
/// <param name="Milliseconds">What frames took that led to a step down; what they are expected to take after a step up.</param>
/// <param name="ForObjects">A step up that does not fit the limit, but at the smaller size an object would be too small for the
/// network.</param>
internal sealed record BudgetDecision(BudgetMeasure Measure, bool Down, double Milliseconds, bool ForObjects = false);

/// <summary>
/// Decides how a camera's frames keep to their time: steps down a ladder when they miss it persistently, and up again, the last step first,
/// when they are expected to fit there. It reads no clock: the caller passes the time of each frame.
/// </summary>
/// <param name="pace">Frames that take longer than this many milliseconds are too slow; some are left out then.</param>
/// <param name="ladder">The steps there are.</param>
/// <param name="measured">
/// Whether <see cref="Limit"/> follows the measured speed: at least 0.6 of what the fastest ten frames took as configured. So a machine
/// that is too slow for the camera gives up one step of the size, not all of them. False: the limit is <paramref name="pace"/>.
/// </param>
internal sealed class FrameBudget(double pace, BudgetLadder ladder, bool measured = false)
{
    /// <summary>Frames that are averaged, and frames that are left out after a step: the first ones at a new size take longer.</summary>
    public const int Window = 10;

    /// <summary>Frames that are not counted at first, or fewer where they take <see cref="WarmUpMilliseconds"/>: the runtime still compiles
    /// what is used often.</summary>
    public const int WarmUpFrames = 50;

    /// <summary>Work that is not counted at first, in milliseconds.</summary>
    public const double WarmUpMilliseconds = 2000;

    // A little over the limit does no harm; more than this share of it, or twice, counts as a miss, or as two.
    private const double Tolerance = 1.1;
    private const double Severe = 2;

    // Misses that make a step down, less one for every average in between that holds: 40 frames, 20 where it is severe.
    private const int Patience = 4;

    // Where reading memory takes more than this share of a frame, its capacity goes before the size.
    private const double MemoryShare = 0.3;

    // Averages in a row that have to allow a step up: 100 frames; twice as many after each attempt that failed, up to about an hour.
    private const int FirstQuiet = 10;
    private const int LongestQuiet = FirstQuiet << 10;

    // An attempt has failed when a step down comes within so many times the quiet before it.
    private const int Proof = 10;

    // One step from full size, 3/4 of each side, leaves 0.56 of the pixels: that step fits, the next one is not taken.
    private const double MeasuredShare = 0.6;

    // Cells a side are this much more than the least after a step down, so that an object that shrinks a little forces no step up at once.
    private const double SizeMargin = 1.1;

    // Windows that have fewer than this share of the pixels that they may have need no more: their sides are multiples of 32.
    private const double NeedMargin = 0.75;

    private readonly List<BudgetMeasure> _steps = [];
    private double _fastest = double.PositiveInfinity;
    private int _slow;
    private double _total;
    private double _match;
    private int _frames;
    private int _coldFrames = WarmUpFrames;
    private double _coldMilliseconds = WarmUpMilliseconds;
    private int _skip;
    private int _misses;
    private int _fits;
    private int _quiet = FirstQuiet;
    private int _sinceUp = int.MaxValue;
    private int _size;
    private int _capacity;

    /// <summary>What the last ten frames took on average, in milliseconds; 0 before.</summary>
    public double Average { get; private set; }

    /// <summary>What a frame may take, in milliseconds: when frames persistently take longer, a step down is made.</summary>
    public double Limit => measured && double.IsFinite(_fastest) ? Math.Max(pace, MeasuredShare * _fastest) : pace;

    /// <summary>The least <see cref="Scale"/> at which the network still sees each followed object well; 0 to 1, at first 0.</summary>
    public double LeastScale { get; set; }

    /// <summary>
    /// Share of the pixels of the size as configured that the network has seen lately, 0 to 1, at first 1. Windows that show small objects
    /// as closely as helps have fewer: a step that leaves as many changes nothing.
    /// </summary>
    public double UsedShare { get; set; } = 1;

    /// <summary>Whether frames persistently take longer than the pace and no step down is left that would change it.</summary>
    public bool IsTooSlow { get; private set; }

    /// <summary>Whether <see cref="LeastScale"/> forbids the next smaller size.</summary>
    public bool IsHeldByObjects => _size + 1 < ladder.Scales.Count && !IsLargeEnough(_size + 1);

    /// <summary>Steps below the top.</summary>
    public int Level => _steps.Count;

    /// <summary>Steps there are.</summary>
    public int LowestLevel => ladder.Scales.Count + ladder.Capacities.Count - 2;

    /// <summary>What the network picture's sides are multiplied by.</summary>
    public double Scale => ladder.Scales[_size];

    /// <summary>The memory's capacity, in frames.</summary>
    public double Capacity => ladder.Capacities[_capacity];

    private bool MayShrink => SmallerSizes > 0;

    private bool IsLargeEnough(int size) => ladder.Scales[size] >= Math.Min(1, LeastScale * SizeMargin);

    // Steps to the next size that leaves fewer pixels than are seen; 0 where there is none, or an object would get too small.
    private int SmallerSizes
    {
        get
        {
            for (var size = _size + 1; size < ladder.Scales.Count && IsLargeEnough(size); size++)
            {
                if (ladder.Scales[size] * ladder.Scales[size] < UsedShare)
                {
                    return size - _size;
                }
            }

            return 0;
        }
    }

    /// <summary>
    /// Begins with as many steps of the size down as the first frames are expected to need, so that none of them is left out while times
    /// are still gathered.
    /// </summary>
    /// <param name="expected">What a frame is expected to take as configured, in milliseconds.</param>
    /// <returns>The step; null where none is needed.</returns>
    public BudgetDecision? Begin(double expected)
    {
        var limit = measured ? Math.Max(pace, MeasuredShare * expected) : pace;
        while (SmallerSizes > 0 && expected * Scale * Scale > limit * Tolerance)
        {
            _steps.Add(BudgetMeasure.Size);
            Move(BudgetMeasure.Size, 1);
        }

        return Level > 0 ? new BudgetDecision(BudgetMeasure.Size, Down: true, expected) : null;
    }

    /// <summary>Counts a frame.</summary>
    /// <param name="total">Its whole work, in milliseconds.</param>
    /// <param name="match">What reading memory took of it.</param>
    /// <returns>The step to be taken now, or null.</returns>
    public BudgetDecision? Add(double total, double match)
    {
        if (_coldFrames > 0 && _coldMilliseconds > 0)
        {
            _coldFrames--;
            _coldMilliseconds -= total;
            return null;
        }

        if (_skip > 0)
        {
            _skip--;
            return null;
        }

        (_total, _match) = (_total + total, _match + match);
        if (++_frames < Window)
        {
            return null;
        }

        Average = _total / Window;
        _fastest = Level == 0 ? Math.Min(_fastest, Average) : _fastest;
        var decision = Judge(_match / Window);
        (_frames, _total, _match) = (0, 0, 0);
        JudgePace(stepped: decision is not null);
        if (decision is not null)
        {
            (_skip, _misses, _fits) = (Window, 0, 0);
        }

        return decision;
    }

    private BudgetDecision? Judge(double match)
    {
        _sinceUp = _sinceUp == int.MaxValue ? _sinceUp : _sinceUp + 1;
        if (Scale < LeastScale)
        {
            return StepUpForObjects(match);
        }

        if (Average > Limit * Tolerance)
        {
            _misses += Average > Limit * Severe ? 2 : 1;
        }
        else
        {
            _misses = Math.Max(0, _misses - 1);
        }

        if (_misses >= Patience)
        {
            return StepDown(match);
        }

        // The expectation errs upwards, since not all work grows with the picture: what is expected to be no miss will be none.
        _fits = Level > 0 && ExpectedAbove(_steps[^1], match) <= Limit * Tolerance ? _fits + 1 : 0;
        return _fits >= _quiet ? StepUp(match) : null;
    }

    private BudgetDecision? StepDown(double match)
    {
        var (size, capacity) = (MayShrink, _capacity + 1 < ladder.Capacities.Count);
        if (!size && !capacity)
        {
            _misses = Patience;
            return null;
        }

        var measure = capacity && (!size || match > Average * MemoryShare) ? BudgetMeasure.Capacity : BudgetMeasure.Size;
        _quiet = (long)_sinceUp <= (long)_quiet * Proof ? Math.Min(_quiet * 2, LongestQuiet) : FirstQuiet;
        _sinceUp = int.MaxValue;
        for (var steps = measure == BudgetMeasure.Size ? SmallerSizes : 1; steps > 0; steps--)
        {
            _steps.Add(measure);
            Move(measure, 1);
        }

        return new BudgetDecision(measure, Down: true, Average);
    }

    private BudgetDecision StepUp(double match)
    {
        var measure = _steps[^1];
        var expected = ExpectedAbove(measure, match);
        _steps.RemoveAt(_steps.Count - 1);
        _sinceUp = 0;
        Move(measure, -1);
        return new BudgetDecision(measure, Down: false, expected);
    }

    // No attempt that can fail: the time is taken, whatever it is.
    private BudgetDecision StepUpForObjects(double match)
    {
        var expected = ExpectedAbove(BudgetMeasure.Size, match);
        _steps.RemoveAt(_steps.LastIndexOf(BudgetMeasure.Size));
        _sinceUp = int.MaxValue;
        Move(BudgetMeasure.Size, -1);
        return new BudgetDecision(BudgetMeasure.Size, Down: false, expected, ForObjects: true);
    }

    // Too slow after as many averages as a step down takes; no more once as many have held.
    private void JudgePace(bool stepped)
    {
        var slow = Average > pace * Tolerance;
        _slow = stepped ? 0 : Math.Clamp(_slow + (slow ? 1 : -1), 0, Patience);
        IsTooSlow = _slow == Patience || (IsTooSlow && (_slow > 0 || slow));
    }

    /// <summary>What a frame would take one step above: all work grows with the picture's area, matching with its square and with memory's
    /// capacity.</summary>
    private double ExpectedAbove(BudgetMeasure measure, double match)
    {
        if (measure == BudgetMeasure.Capacity)
        {
            return Average + (match * ((ladder.Capacities[_capacity - 1] / Capacity) - 1));
        }

        // Windows that do not need the pixels they may have need no more of them above.
        var area = UsedShare < NeedMargin * Scale * Scale ? 1 : Math.Pow(ladder.Scales[_size - 1] / Scale, 2);
        return ((Average - match) * area) + (match * area * area);
    }

    private void Move(BudgetMeasure measure, int steps)
    {
        if (measure == BudgetMeasure.Size)
        {
            _size += steps;
        }
        else
        {
            _capacity += steps;
        }
    }
}
