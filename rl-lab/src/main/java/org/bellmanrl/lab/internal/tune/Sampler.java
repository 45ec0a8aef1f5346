package org.bellmanrl.lab.internal.tune;

import java.util.List;
import org.bellmanrl.api.random.RandomStream;

/** Chooses the points of a space at which a learner is tried. */
public interface Sampler {

  /**
   * Chooses a point.
   *
   * @param number the number of the trial
   * @param ended what is known: earlier trials that have ended
   * @param begun points of earlier trials whose results don't count yet
   * @param random of this trial alone
   * @return a coordinate for each parameter
   */
  double[] suggest(int number, List<Trial> ended, List<double[]> begun, RandomStream random);

  /** Chooses in the place of points that the learner refused. */
  default Sampler afterRefusal() {
    return this;
  }

  /** Random points, evenly over the space. */
  static Sampler random(SearchSpace space) {
    List<Distribution> distributions = List.copyOf(space.parameters().values());
    return (_, _, _, random) ->
        distributions.stream().mapToDouble(d -> d.at(random.random())).toArray();
  }
}
