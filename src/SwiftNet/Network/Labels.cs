using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SwiftNet.Sights;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace SwiftNet.Network;

/// <summary>From the network's logits to ids on the host.</summary>
internal static class Labels
{
    /// <summary>Confidences travel as whole numbers.</summary>
    private const float ConfidenceSteps = 1_000_000;

    /// <summary>So do places: in parts of a pixel.</summary>
    private const float PlaceSteps = 16;

    // Confidence, pixels, column and row of the centre, likeness to the trusted look and to the latest.
    private const int Numbered = 6;

    private static readonly Scalar s_confidenceSteps = ConfidenceSteps;
    private static readonly Scalar s_placeSteps = PlaceSteps;

    /// <summary>Logit differences (object − background) at full padded size, <c>[N, H, W]</c>, from logits <c>[N, 2, H/4, W/4]</c>. The
    /// difference is taken first: up-sampling is linear, so it is the same at half the work.</summary>
    /// <param name="logits">The decoder's.</param>
    /// <param name="bar">What is added to the differences, <c>[N, H/4, W/4]</c>; null for nothing.</param>
    public static torch.Tensor UpSample(torch.Tensor logits, torch.Tensor? bar = null)
    {
        using var scope = torch.NewDisposeScope();
        var difference = logits.narrow(1, 1, 1).sub(logits.narrow(1, 0, 1)).contiguous();
        if (bar is not null)
        {
            difference.add_(bar.unsqueeze(1), Numbers.One);
        }

        return interpolate(difference, scale_factor: [4, 4], mode: torch.InterpolationMode.Bilinear, align_corners: false)
            .squeeze(1)
            .MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Up-samples the probabilities (never the labels) to the output size, picks each pixel's likeliest label and brings ids,
    /// what is seen of each object and the trigger's count to the host in one transfer.
    /// </summary>
    /// <returns>The trigger's count.</returns>
    public static long Fetch(Video video, torch.Tensor varied, Span<byte> ids)
    {
        using var scope = torch.NewDisposeScope();
        var probabilities = video.Probabilities;
        var labels = Likeliest(probabilities, video.Ids);
        var statistics = torch.cat([varied, Statistics(video, labels)]);
        if (video.Width != video.Size.Width || video.Height != video.Size.Height)
        {
            var full = interpolate(
                probabilities.unsqueeze(0),
                size: [video.Height, video.Width],
                mode: torch.InterpolationMode.Bilinear,
                align_corners: false);
            labels = Likeliest(full.squeeze(0), video.Ids);
        }

        // 32-bit numbers as four bytes each, lowest first, so that one tensor holds both.
        var numbers = statistics.round_()
            .to(torch.int32)
            .unsqueeze(1)
            .bitwise_right_shift(video.ByteShifts)
            .bitwise_and(0xff)
            .to(torch.uint8);
        using var packed = torch.cat([numbers.flatten(), labels.flatten()]).cpu();
        var bytes = packed.bytes;
        bytes[((int)statistics.numel() * sizeof(int))..].CopyTo(ids);
        for (var i = 0; i < video.Ids.Length; i++)
        {
            var own = MemoryMarshal.Cast<byte, int>(bytes.Slice((1 + (i * Numbered)) * sizeof(int), Numbered * sizeof(int)));
            video.Sightings[i] = video.Window.Observe(
                own[1], own[2] / PlaceSteps, own[3] / PlaceSteps, own[0] / ConfidenceSteps, video.Size.Width, video.Size.Height) with
            {
                Likeness = own[4] / ConfidenceSteps,
                Lately = own[5] / ConfidenceSteps,
            };
        }

        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    /// <summary>The cells of memory pixels <paramref name="chosen"/> <c>[N, count]</c> for any object, as a mask.</summary>
    public static IdMask Cells(Video video, torch.Tensor chosen)
    {
        using var rows = chosen.flatten().cpu();
        var cells = new byte[video.Size.Cells];
        foreach (var row in MemoryMarshal.Cast<byte, long>(rows.bytes))
        {
            cells[row] = 1;
        }

        return new IdMask(video.Size.PaddedWidth / PaddedSize.Stride, video.Size.PaddedHeight / PaddedSize.Stride, cells);
    }

    /// <summary>The id with the largest probability a pixel, <c>uint8 [h, w]</c>; by comparisons, which is faster than an argmax over
    /// planes.</summary>
    private static torch.Tensor Likeliest(torch.Tensor probabilities, byte[] ids)
    {
        using var scope = torch.NewDisposeScope();
        if (ids.Length == 1)
        {
            return probabilities[0].gt(Numbers.Half).to(torch.uint8).mul_(Numbers.Id(ids[0])).MoveToOuterDisposeScope();
        }

        var best = probabilities.sum(dim: 0).neg_().add_(Numbers.One, Numbers.One);
        var labels = torch.zeros(best.shape, torch.uint8, best.device);
        for (var i = 0; i < ids.Length; i++)
        {
            var own = probabilities[i];
            labels.masked_fill_(own.gt(best), Numbers.Id(ids[i]));
            best = torch.maximum(best, own);
        }

        return labels.MoveToOuterDisposeScope();
    }

    /// <summary>For each object the mean probability over its own pixels, how many they are, their mean column and row, and how like they
    /// are to what it has looked like; float32 <c>[6·N]</c>.</summary>
    private static torch.Tensor Statistics(Video video, torch.Tensor labels)
    {
        using var scope = torch.NewDisposeScope();
        var (all, covered, known) =
            (new torch.Tensor[video.Ids.Length], new torch.Tensor[video.Ids.Length], new torch.Tensor[video.Ids.Length]);
        for (var i = 0; i < all.Length; i++)
        {
            var own = labels.eq(Numbers.Id(video.Ids[i])).to(torch.float32);
            covered[i] = Looks.Cells(video.Pad(own.unsqueeze(0)));
            known[i] = video.Memory.Of(video.Ids[i]).Looks;
            var (rows, columns) = (own.sum(dim: 1), own.sum(dim: 0));
            var pixels = rows.sum();
            var divisor = pixels.clamp_min(Numbers.One);
            all[i] = torch.stack([
                own.mul_(video.Probabilities[i]).sum().div_(divisor).mul_(s_confidenceSteps),
                pixels,
                columns.dot(video.Columns).div_(divisor).mul_(s_placeSteps),
                rows.dot(video.Rows).div_(divisor).mul_(s_placeSteps)]);
        }

        video.Look(Looks.Of(video.Features, torch.cat(covered)));
        var likeness = torch.stack(known).mul(video.Looks.unsqueeze(1)).sum(dim: 2).mul_(s_confidenceSteps);
        return torch.cat([torch.stack(all), likeness], 1).flatten().MoveToOuterDisposeScope();
    }
}
