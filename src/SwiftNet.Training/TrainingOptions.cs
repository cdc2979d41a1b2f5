namespace SwiftNet.Training;

/// <summary>Everything that decides what is learnt. In brackets what the paper (4.2.1) or its published code took, where it says so.</summary>
internal sealed record TrainingOptions
{
    /// <summary>Batches of the whole run, on which the rate's fall and the growing gaps depend.</summary>
    public int Iterations { get; init; } = 15_000;

    /// <summary>Clips a step, in units of 256x256, three frames, one object; larger clips are fewer, cheaper ones more. (Paper: 4, 384x384, three frames.)</summary>
    public int BatchSize { get; init; } = 6;

    /// <summary>Batches whose gradients are added up for one change of the weights.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>Side of every crop; null draws one of several sizes for each step. (Paper: 384.)</summary>
    public int? Crop { get; init; }

    /// <summary>Frames a clip; null draws 1 (see <see cref="SingleShare"/>) or 3 to 8 for each step. (Paper: 3.)</summary>
    public int? Frames { get; init; }

    /// <summary>Objects a clip; null draws 1 to 6 for each step.</summary>
    public int? Objects { get; init; }

    /// <summary>Learning rate at the start. (Published code: 1e-5 with Adam.)</summary>
    public double Rate { get; init; } = 8e-5;

    /// <summary>What the rate is multiplied by for the backbone; 0 freezes it.</summary>
    public double BackboneRate { get; init; } = 0.1;

    /// <summary>The rate falls as (1 − step/iterations) to this power. (Paper: 0.9.)</summary>
    public double DecayPower { get; init; } = 0.9;

    /// <summary>Steps over which the rate rises from nothing.</summary>
    public int WarmUp { get; init; } = 300;

    /// <summary>Decoupled weight decay, in units of the rate.</summary>
    public double WeightDecay { get; init; } = 0.02;

    /// <summary>Longest gradient; longer ones are scaled down.</summary>
    public double LargestGradient { get; init; } = 5;

    /// <summary>The backbone learns in one of so many steps; the others need no gradients of it and are shorter by a fifth.</summary>
    public int BackboneEvery { get; init; } = 1;

    /// <summary>What the rate is multiplied by for the light-aggregation encoder, which reads masks.</summary>
    public double MaskEncoderRate { get; init; } = 1;

    /// <summary>What the rate is multiplied by for the decoder.</summary>
    public double DecoderRate { get; init; } = 1;

    /// <summary>Moving average of the weights: the share that stays at each step.</summary>
    public double Average { get; init; } = 0.999;

    /// <summary>Share of the joined memory's features left out at random. (Published code: 0.5.)</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Share of a picture's pixels, the worst, that cross-entropy counts.</summary>
    public double Bootstrap { get; init; } = 0.15;

    /// <summary>Weight of the mean cross-entropy of all pixels near outlines, against that of the worst pixels.</summary>
    public double BoundaryWeight { get; init; }

    /// <summary>How far from an outline, in pixels of the crop, a pixel is near it.</summary>
    public int BoundaryWidth { get; init; } = 4;

    /// <summary>Weight of the soft Jaccard loss against cross-entropy.</summary>
    public double JaccardWeight { get; init; } = 1;

    /// <summary>Share of a frame's pixels that a memory update adds. (Paper: 0.1.)</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>Probability that a clip is run without the previous frame. (Published code: 0.)</summary>
    public double PreviousFrameDropped { get; init; } = 0.35;

    /// <summary>Probability that a frame is written to memory.</summary>
    public double WriteShare { get; init; } = 0.6;

    /// <summary>Share of the masks that are damaged on their way into memory. (Paper: none.)</summary>
    public double MaskNoise { get; init; } = 0.3;

    /// <summary>Share of the frames of which memory is told whole neighbours of an object as parts of it, or parts of it as background, at their own outlines. (Paper: none.)</summary>
    public double MemoryCorruptionShare { get; init; }

    /// <summary>Share of the batches that also learn to find their first frame's objects from hints, as after a box or a click. (Paper: none.)</summary>
    public double PromptShare { get; init; } = 0.35;

    /// <summary>Share of the batches that also learn to give back their first frame's masks on that frame itself: as exact as masks can be that are followed. (Paper: none.)</summary>
    public double CopyShare { get; init; } = 1;

    /// <summary>Share of the batches that are of single frames, whose masks are to be given back and nothing else, where <see cref="Frames"/> does not say otherwise.</summary>
    public double SingleShare { get; init; }

    /// <summary>Share of the run over which <see cref="SingleShare"/> falls to nothing; 0 leaves it as it is: a curriculum from giving masks back to following.</summary>
    public double SingleUntil { get; init; }

    /// <summary>Share of a video clip's gaps that are of one or two frames, whatever the largest gap is, as between a live camera's frames; of moved stills, the share that moves a fifth as fast.</summary>
    public double NearShare { get; init; } = 0.5;

    /// <summary>Share of the video clips whose first frame is any frame of the video, while the others are near each other: as late in a long video, where memory's given frame is far away and the previous frame is near.</summary>
    public double FarShare { get; init; }

    /// <summary>Share of the clips that show what a tracker's window shows: a crop around an object, which fills much of it, as it was one frame before, moved and scaled where it no longer fits.</summary>
    public double WindowShare { get; init; }

    /// <summary>Probability that an object of a video is pasted once more, elsewhere, and does not count.</summary>
    public double TwinShare { get; init; }

    /// <summary>Share of the clips that are of 6 to 10 frames, at the end of the run; it grows from nothing. Not where <see cref="Frames"/> says otherwise.</summary>
    public double LongShare { get; init; }

    /// <summary>Share of the clips that play on real video; the paper's second stage has 1, its first 0.</summary>
    public double VideoShare { get; init; } = 0.5;

    /// <summary>Largest gap between a video clip's frames at the start.</summary>
    public int LeastSkip { get; init; } = 4;

    /// <summary>Largest gap from three fifths of the run on. (Paper: up to 25.)</summary>
    public int MostSkip { get; init; } = 20;

    /// <summary>Smallest pasted object, as a share of the picture.</summary>
    public double SmallestObject { get; init; } = 0.003;

    /// <summary>Largest pasted object where there are one or two; with more it is less.</summary>
    public double LargestObject { get; init; } = 0.25;

    /// <summary>Probability that a pasted object is the same as one before it, next to it.</summary>
    public double AlikeShare { get; init; } = 0.3;

    /// <summary>Probability of one or two pasted things that do not count.</summary>
    public double DistractorShare { get; init; } = 0.35;

    /// <summary>Probability of something that comes into the picture later and does not count.</summary>
    public double NewcomerShare { get; init; } = 0.35;

    /// <summary>Probability of something that passes in front.</summary>
    public double OccluderShare { get; init; } = 0.25;

    /// <summary>Probability of something fine in front of everything: a fence, twigs or leaves.</summary>
    public double ThinOccluderShare { get; init; } = 0.25;

    /// <summary>Share of the photographs, both those that objects are pasted on and those that they are taken from, whose objects are put together of regions of one look in place of those that someone has marked. None by default: what it gave to outlines it took from following. (Paper: none.)</summary>
    public double RegionShare { get; init; }

    /// <summary>How much more often hard sequences are drawn.</summary>
    public double HardWeight { get; init; } = 2;

    /// <summary>All chance follows from it.</summary>
    public int Seed { get; init; } = 1;
}
