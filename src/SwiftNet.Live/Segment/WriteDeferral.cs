namespace SwiftNet.Live.Segment;

/// <summary>Says whether a memory write waits for a frame that is waiting, and for how long: not for ever, so that no variation is
/// lost.</summary>
/// <param name="frames">Frames that a write may wait, 0 or more.</param>
internal sealed class WriteDeferral(int frames)
{
    private int _waited;

    /// <summary>To be asked after every frame that leaves something to write.</summary>
    /// <param name="frameWaits">Whether a newer frame waits for the network.</param>
    /// <param name="anotherIsDue">Whether a write waits already and one more is due: one can be kept.</param>
    /// <returns>True where the next frame goes first.</returns>
    public bool Waits(bool frameWaits, bool anotherIsDue)
    {
        if (!frameWaits || anotherIsDue || _waited >= frames)
        {
            _waited = 0;
            return false;
        }

        _waited++;
        return true;
    }
}
