namespace SwiftNet.Tests.Weights;

/// <summary>Damages files at random, the same way in every run.</summary>
internal static class Damage
{
    private const long MostBytes = 8 << 20;

    /// <summary>Flips up to four bytes, or cuts the file, and reads it: only <see cref="WeightsException"/> may come out, and no allocation
    /// that the damage asked for.</summary>
    public static void Try(byte[] file, string path, int rounds, Action<string> read)
    {
        var random = new Random(20210625);
        for (var round = 0; round < rounds; round++)
        {
            var damaged = (byte[])file.Clone();
            for (var flips = random.Next(1, 5); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(path, round % 8 == 0 ? damaged[..random.Next(damaged.Length)] : damaged);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(path);
            }
            catch (WeightsException)
            {
                // Refused, as it should be.
            }
            catch (Exception other)
            {
                Assert.Fail($"round {round}: {other}");
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"round {round} allocated too much");
        }
    }
}
