package org.bellmanrl.lab.internal.tune;

import java.util.List;
import java.util.function.IntFunction;
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

  /**
   * Returns the sampler of a name: {@code tpe}, {@code random} or {@code quasi-random}.
   *
   * @param streams gives the random numbers of the sequence of {@code quasi-random} for each
   *     parameter, by its index; always the same at their beginning
   */
  static Sampler of(String name, SearchSpace space, IntFunction<RandomStream> streams) {
    return switch (name) {
      case "tpe" -> new Tpe(space);
      case "random" -> random(space);
      default -> new Halton(space, streams);
    };
  }

  /** Random points, evenly over the space. */
  static Sampler random(SearchSpace space) {
    List<Distribution> distributions = List.copyOf(space.parameters().values());
    return (_, _, _, random) ->
        distributions.stream().mapToDouble(d -> d.at(random.random())).toArray();
  }
}
