using OpenCvSharp;

namespace SwiftNet.Training.Clips;

/// <summary>A video with an annotation for each frame, kept compressed.</summary>
/// <param name="Name">The sequence.</param>
/// <param name="Pictures">The frames' files.</param>
/// <param name="Masks">The ids as grey PNGs.</param>
/// <param name="Objects">The objects of each frame.</param>
/// <param name="Weight">How often it is drawn, relative to others.</param>
internal sealed record VideoSequence(string Name, byte[][] Pictures, byte[][] Masks, Instance[][] Objects, double Weight)
{
    /// <summary>Frames.</summary>
    public int Length => Pictures.Length;

    /// <summary>B, G, R of a frame.</summary>
    public Mat Decode(int frame) => Cv2.ImDecode(Pictures[frame], ImreadModes.Color);

    /// <summary>The ids of a frame.</summary>
    public Mat DecodeMask(int frame) => Cv2.ImDecode(Masks[frame], ImreadModes.Grayscale);
}
