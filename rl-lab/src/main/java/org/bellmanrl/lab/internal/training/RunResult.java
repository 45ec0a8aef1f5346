package org.bellmanrl.lab.internal.training;

import java.util.List;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.results.document.Numbers;

/**
 * The result of a run whose training has finished.
 *
 * @param judgement how the learned policy did
 * @param expectation what the learner expected at the start of the judged episodes beside what they
 *     brought, in a sentence; empty if its values are no such expectation
 * @param odd what is odd about all this, each in a sentence with what to try
 */
public record RunResult(Judgement judgement, String expectation, List<String> odd) {

  /**
   * Looks through the numbers of a run.
   *
   * @param last the learner's numbers at the end of training
   * @param updated false if the learner's networks are those that it began with
   */
  static RunResult of(
      Experiment experiment,
      EnvironmentSpec task,
      RunProgress progress,
      MetricsTable metrics,
      Map<String, Double> last,
      boolean updated,
      Judge.Verdict verdict) {
    return new RunResult(
        verdict.judgement(),
        expectation(verdict),
        new Contradictions(experiment, task, progress, metrics, last, updated, verdict).found());
  }

  private static String expectation(Judge.Verdict verdict) {
    Judge.Outlook expected = verdict.outlook();
    return expected == null
        ? ""
        : "%s expected at the start; the episodes brought %s, discounted by gamma = %s"
            .formatted(
                Numbers.brief(expected.value()),
                Numbers.brief(expected.discounted()),
                Numbers.exact(expected.gamma()));
  }
}
