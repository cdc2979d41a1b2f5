namespace SwiftNet.Training;

/// <summary>Options that determine the result of training. The help texts are the documentation; values in brackets are the paper's
/// (section 4.2.1) or its published code's.</summary>
internal sealed record TrainingOptions
{
    [TrainingOption("Steps of the whole run; learning-rate decay and growing gaps depend on it", 1, 100_000_000)]
    public int Iterations { get; init; } = 15_000;

    [TrainingOption(
        "Clips per step, in units of 256x256 with three frames and one object: larger clips are fewer, smaller ones more (paper: 4 of "
            + "384x384, three frames)",
        1,
        1024)]
    public int BatchSize { get; init; } = 6;

    [TrainingOption("Steps whose gradients are accumulated for one update of the weights", 1, 1024)]
    public int Accumulation { get; init; } = 1;

    [TrainingOption(
        "Side of every crop in pixels, a multiple of 16 (paper: 384)", 16, 4096, Unset = "one of several sizes, drawn for each step")]
    public int? Crop { get; init; }

    [TrainingOption(
        "Frames per clip (paper: 3)", 1, 64, Unset = "3 to 8, drawn for each step, or 1 with the probability of --single-share")]
    public int? Frames { get; init; }

    [TrainingOption("Objects per clip", 1, 64, Unset = "1 to 6, drawn for each step")]
    public int? Objects { get; init; }

    [TrainingOption("Initial learning rate of AdamW (published code: 1e-5 with Adam)", 0, 1)]
    public double Rate { get; init; } = 8e-5;

    [TrainingOption("Factor on the learning rate for the backbone; 0 freezes the backbone", 0, 100)]
    public double BackboneRate { get; init; } = 0.1;

    [TrainingOption("Exponent of the learning-rate decay (1 − step/iterations)^p (paper: 0.9)", 0, 10)]
    public double DecayPower { get; init; } = 0.9;

    [TrainingOption("Steps of linear learning-rate warm-up", 0, 100_000_000)]
    public int WarmUp { get; init; } = 300;

    [TrainingOption("Decoupled weight decay, in units of the learning rate", 0, 100)]
    public double WeightDecay { get; init; } = 0.02;

    [TrainingOption("Largest norm of the gradient; larger gradients are scaled down", 0.001, 1_000_000)]
    public double LargestGradient { get; init; } = 5;

    [TrainingOption("The backbone is trained in one of this many updates; the other steps are about a fifth faster", 1, 1_000_000)]
    public int BackboneEvery { get; init; } = 1;

    [TrainingOption("Factor on the learning rate for the light-aggregation encoder of masks; 0 freezes it", 0, 100)]
    public double MaskEncoderRate { get; init; } = 1;

    [TrainingOption("Factor on the learning rate for the decoder; 0 freezes it", 0, 100)]
    public double DecoderRate { get; init; } = 1;

    [TrainingOption("Decay of the weights' exponential moving average: the share that remains at each update", 0, 1)]
    public double Average { get; init; } = 0.999;

    [TrainingOption("Dropout probability of the memory features (published code: 0.5)", 0, 0.99)]
    public double Dropout { get; init; } = 0.1;

    [TrainingOption("Share of a picture's pixels, those with the largest loss, that count in the cross-entropy", 0.0001, 1)]
    public double Bootstrap { get; init; } = 0.15;

    [TrainingOption("Weight of the mean cross-entropy near outlines, relative to that of the worst pixels", 0, 1000)]
    public double BoundaryWeight { get; init; }

    [TrainingOption("Distance from an outline, in pixels of the crop, within which --boundary-weight applies", 1, 1000)]
    public int BoundaryWidth { get; init; } = 4;

    [TrainingOption("Weight of the soft Jaccard loss, relative to the cross-entropy", 0, 1000)]
    public double JaccardWeight { get; init; } = 1;

    [TrainingOption("Share of a frame's pixels that a memory update adds (paper: 0.1)", 0.0001, 1)]
    public double Beta { get; init; } = 0.1;

    [TrainingOption("Probability that a batch is run without the previous frame in memory (published code: 0)", 0, 1)]
    public double PreviousFrameDropped { get; init; } = 0.35;

    [TrainingOption("Probability that a frame is written to memory", 0, 1)]
    public double WriteShare { get; init; } = 0.6;

    [TrainingOption("Probability that a mask is augmented with errors before it is written to memory (paper: 0)", 0, 1)]
    public double MaskNoise { get; init; } = 0.3;

    [TrainingOption(
        "Probability that a frame's memory mask is corrupted as by a tracking error: a whole neighbouring region added to an object, or a "
            + "part of it removed (paper: 0)",
        0, 1, FormerName = "MistakeShare")]
    public double MemoryCorruptionShare { get; init; }

    [TrainingOption(
        "Share of batches that also train segmentation of the first frame from simulated prompts, a box or points (paper: 0)",
        0,
        1,
        FormerName = "HintShare")]
    public double PromptShare { get; init; } = 0.35;

    [TrainingOption(
        "Share of batches that also train the reconstruction of the first frame's masks on that frame itself, which bounds the quality of "
            + "tracked masks (paper: 0)",
        0,
        1)]
    public double CopyShare { get; init; } = 1;

    [TrainingOption("Share of batches of single frames, which train only the reconstruction of masks; no effect with --frames", 0, 1)]
    public double SingleShare { get; init; }

    [TrainingOption(
        "Share of the run over which --single-share falls linearly to 0, as a curriculum from reconstruction to tracking; 0 = constant",
        0,
        1)]
    public double SingleUntil { get; init; }

    [TrainingOption(
        "Share of video gaps of one or two frames, as from a live camera, whatever the largest gap is; for moving photographs the share "
            + "with a fifth of the speed",
        0,
        1)]
    public double NearShare { get; init; } = 0.5;

    [TrainingOption(
        "Share of video clips whose reference may be any frame of the video while the other frames are close "
            + "together, as late in a long video",
        0,
        1)]
    public double FarShare { get; init; }

    [TrainingOption(
        "Share of clips that show a tracker's window: a crop around an object, placed by the previous frame, and moved or scaled when the "
            + "object does not fit",
        0,
        1)]
    public double WindowShare { get; init; }

    [TrainingOption("Probability that an object of a video is pasted again elsewhere as an unlabelled distractor", 0, 1)]
    public double TwinShare { get; init; }

    [TrainingOption("Share of clips of 6 to 10 frames at the end of the run, growing linearly from 0; no effect with --frames", 0, 1)]
    public double LongShare { get; init; }

    [TrainingOption("Share of clips with a video as background (paper: 0 in the first stage, 1 in the second)", 0, 1)]
    public double VideoShare { get; init; } = 0.5;

    [TrainingOption("Largest gap between a video clip's frames at the start of the run, in frames", 1, 10_000)]
    public int LeastSkip { get; init; } = 4;

    [TrainingOption("Largest gap between a video clip's frames from three fifths of the run on, in frames (paper: up to 25)", 1, 10_000)]
    public int MostSkip { get; init; } = 20;

    [TrainingOption("Area of the smallest pasted object, as a share of the picture", 0.00001, 1)]
    public double SmallestObject { get; init; } = 0.003;

    [TrainingOption(
        "Area of the largest pasted object with one or two objects, as a share of the picture; less with more objects", 0.00001, 1)]
    public double LargestObject { get; init; } = 0.25;

    [TrainingOption("Probability that a pasted object is a copy of a previous one, next to it", 0, 1)]
    public double AlikeShare { get; init; } = 0.3;

    [TrainingOption("Probability of one or two pasted unlabelled distractors", 0, 1)]
    public double DistractorShare { get; init; } = 0.35;

    [TrainingOption("Probability of an unlabelled object that enters the picture later", 0, 1)]
    public double NewcomerShare { get; init; } = 0.35;

    [TrainingOption("Probability of an unlabelled object that passes in front of the others", 0, 1)]
    public double OccluderShare { get; init; } = 0.25;

    [TrainingOption(
        "Probability of a thin unlabelled structure in front of everything: a fence, twigs or leaves", 0, 1, FormerName = "ScreenShare")]
    public double ThinOccluderShare { get; init; } = 0.25;

    [TrainingOption(
        "Share of photographs, as backgrounds and as sources of objects, whose objects are composed of homogeneous regions instead of "
            + "annotated; improves outlines at the cost of tracking (paper: 0)",
        0, 1)]
    public double RegionShare { get; init; }

    [TrainingOption("Sampling weight of hard sequences, relative to others", 0, 1000)]
    public double HardWeight { get; init; } = 2;

    [TrainingOption("Random seed; the same seed and options reproduce the run", int.MinValue, int.MaxValue)]
    public int Seed { get; init; } = 1;
}
