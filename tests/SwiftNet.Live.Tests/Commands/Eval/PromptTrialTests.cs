using OpenCvSharp;
using SwiftNet.Live.Commands.Eval;
using SwiftNet.Live.Prompts;
using SwiftNet.Live.Tests.TestSupport;

namespace SwiftNet.Live.Tests.Commands.Eval;

public sealed class PromptTrialTests
{
    [Fact]
    public void A_way_is_scored_from_the_true_box_and_after_one_three_and_six_points()
    {
        var shown = new List<(string What, Prompt Prompt)>();
        var trial = new PromptTrial("GrabCut", new PromptMask(null), (_, what, prompt, _) => shown.Add((what, prompt)));
        trial.Run(new PromptedObject("disc", Scene.Picture, Scene.Width, Scene.Height, Scene.Disc));

        Assert.InRange(Assert.Single(trial.Box), 0.93, 1);
        Assert.Equal(3, trial.Points.Count);
        Assert.All(trial.Points, scores => Assert.InRange(Assert.Single(scores), 0.8, 1));
        Assert.Equal([80, 60, 81, 81], shown[0].Prompt.Box!);
        Assert.Equal(("1", 1), (shown[1].What, shown[1].Prompt.Points!.Count));
        Assert.True(shown[1].Prompt.Points![0].Inside);

        using var report = new StringWriter();
        PromptReport.Write([trial, trial], report);
        var lines = report.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
    }

    [Fact]
    public void The_user_clicks_in_the_middle_of_what_is_most_wrong()
    {
        using var truth = new Mat(100, 200, MatType.CV_8UC1, Scalar.Black);
        using var found = new Mat(100, 200, MatType.CV_8UC1, Scalar.Black);
        Cv2.Rectangle(truth, new Rect(20, 20, 41, 21), Scalar.All(1), -1);

        Assert.Equal((true, 30), (SimulatedUser.NextPoint(truth, found)!.Inside, SimulatedUser.NextPoint(truth, found)!.Y));

        // All of it found, and a smaller and a larger part too much; the picture's border is one too.
        truth.CopyTo(found);
        Cv2.Rectangle(found, new Rect(100, 10, 9, 9), Scalar.All(1), -1);
        Cv2.Rectangle(found, new Rect(181, 81, 19, 19), Scalar.All(1), -1);
        Assert.Equal(new PromptPoint(190, 90, Inside: false), SimulatedUser.NextPoint(truth, found));

        Assert.Null(SimulatedUser.NextPoint(truth, truth));
    }
}
