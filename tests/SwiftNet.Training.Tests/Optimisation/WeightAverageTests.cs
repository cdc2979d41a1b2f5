using SwiftNet.Training.Optimisation;

namespace SwiftNet.Training.Tests.Optimisation;

/// <summary>What is measured and shipped of a run that goes on from good weights.</summary>
public sealed class WeightAverageTests
{
    [Fact]
    public void The_first_steps_hardly_move_it_from_where_it_started()
    {
        var average = new WeightAverage(0.999f);
        average.Start([1f, 2f]);

        for (var step = 0; step < 10; step++)
        {
            average.Add([2f, 0f]);
        }

        Assert.Equal(2 - Math.Pow(0.999, 10), average.Values[0], 1e-4);
        Assert.Equal(2 * Math.Pow(0.999, 10), average.Values[1], 1e-4);
    }
}
