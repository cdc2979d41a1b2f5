using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>A video with an annotation for each frame, kept compressed.</summary>
/// <param name="Name">The sequence.</param>
/// <param name="Pictures">The frames' files.</param>
/// <param name="Masks">The ids as grey PNGs.</param>
/// <param name="Objects">The objects of each frame.</param>
/// <param name="Traits">How often it is drawn, and what its frames are good for.</param>
internal sealed record VideoSequence(string Name, byte[][] Pictures, byte[][] Masks, Instance[][] Objects, SequenceTraits Traits)
{
    /// <summary>Whether the step from each frame to the next is so large that neither serves as the other's previous frame; null where no step is.</summary>
    public bool[]? LargeSteps { get; init; }

    /// <summary>Frames.</summary>
    public int Length => Pictures.Length;

    /// <summary>B, G, R of a frame.</summary>
    public Mat Decode(int frame) => Cv2.ImDecode(Pictures[frame], ImreadModes.Color);

    /// <summary>The ids of a frame.</summary>
    public Mat DecodeMask(int frame) => Cv2.ImDecode(Masks[frame], ImreadModes.Grayscale);

    /// <summary>A frame as a photograph that its objects can be cut out of; null where none is large enough.</summary>
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
