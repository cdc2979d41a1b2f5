using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>A video with an annotation for each frame, kept encoded in memory.</summary>
/// <param name="Name">The sequence's name.</param>
/// <param name="Pictures">The encoded frames.</param>
/// <param name="Masks">The ids as grey PNGs.</param>
/// <param name="Objects">The objects of each frame.</param>
/// <param name="Traits">The properties that affect training.</param>
internal sealed record VideoSequence(string Name, byte[][] Pictures, byte[][] Masks, Instance[][] Objects, SequenceTraits Traits)
{
    /// <summary>For each frame but the last, whether the step to the next is too large for either to be the other's previous frame; null =
    /// no step is.</summary>
    public bool[]? LargeSteps { get; init; }

    /// <summary>Number of frames.</summary>
    public int Length => Pictures.Length;

    /// <summary>Decodes a frame, B, G, R.</summary>
    public Mat Decode(int frame) => Cv2.ImDecode(Pictures[frame], ImreadModes.Color);

    /// <summary>Decodes the ids of a frame.</summary>
    public Mat DecodeMask(int frame) => Cv2.ImDecode(Masks[frame], ImreadModes.Grayscale);

    /// <summary>A frame as a photograph from which objects can be cut out; null if no object is large enough.</summary>
    public StillPicture? Still(int frame)
    {
        var objects = Array.FindAll(Objects[frame], o => o.Area >= StillPicture.LeastArea);
        if (objects.Length == 0)
        {
            return null;
        }

        using var picture = Decode(frame);
        return new StillPicture(Name, Pictures[frame], Masks[frame], picture.Width, picture.Height, objects, 1);
    }
}
