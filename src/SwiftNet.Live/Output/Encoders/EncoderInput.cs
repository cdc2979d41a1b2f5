namespace SwiftNet.Live.Output.Encoders;

/// <summary>Form of the pictures that an encoder gets.</summary>
internal enum EncoderInput
{
    /// <summary>BGR, one after the other at the frame rate.</summary>
    Raw,

    /// <summary>BGR, each with its time.</summary>
    TimedRaw,

    /// <summary>JPEG, each with its time; ffmpeg decodes it.</summary>
    TimedJpeg,
}
