// embedding VIDEO MASK.png WEIGHTS.safetensors OUTPUT: segments the objects of MASK.png, a mask of the first frame, in every frame of VIDEO.
using Embedding;
using SwiftNet;

if (args is not [var source, var maskFile, var weights, var output])
{
    Console.Error.WriteLine("usage: embedding VIDEO MASK.png WEIGHTS.safetensors OUTPUT");
    return 1;
}

NativeSettings.Apply(); // before the first tensor: malloc reads its settings once
using var model = SwiftNetModel.Load(weights, device: "cpu");
using var segmenter = new VideoSegmenter(model, new MemoryOptions());
using var video = new Video(source);
var mask = Masks.Read(maskFile); // object ids at frame size, 0 is background
Directory.CreateDirectory(output);

for (var number = 0; video.Read(); number++)
{
    var frame = new NetworkFrame(video.Planes, video.NetworkWidth, video.NetworkHeight);
    if (number == 0)
    {
        segmenter.Start(frame, mask);
    }
    else
    {
        segmenter.Step(frame, mask.Ids); // an object id for each pixel of the original frame
        segmenter.Write(); // adds the frame to memory when enough has changed
    }

    Masks.Write(Path.Combine(output, $"{number:00000}.png"), mask);
}

return 0;
