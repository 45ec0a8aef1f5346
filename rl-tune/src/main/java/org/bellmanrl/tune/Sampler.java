package org.bellmanrl.tune;

import java.util.List;
import java.util.function.IntFunction;
import org.bellmanrl.api.random.RandomStream;

/**
 * Chooses the points of a space at which a learner is tried.
 *
 * <p>The samplers here keep no state: the same arguments, with streams at the same place, give the
 * same point, whatever the order in which points are suggested.
 */
public interface Sampler {

  /**
   * Chooses a point.
   *
   * @param number the number of the trial
   * @param ended earlier trials that have ended, and whose results count
   * @param begun points of earlier trials whose results don't count yet
   * @param random random numbers of this trial alone
   * @return a coordinate for each parameter
   */
  double[] suggest(int number, List<Trial> ended, List<double[]> begun, RandomStream random);

  /**
   * Returns the sampler that chooses another point in the place of one that the learner refused:
   * this one, unless it has but one point for each trial.
   */
  default Sampler afterRefusal() {
    return this;
  }

  /**
   * Returns the sampler of a name: {@code tpe}, {@code random} or {@code quasi-random}.
   *
   * @param streams gives the random numbers of the sequence of {@code quasi-random} for each
   *     parameter, by its index; always the same at their beginning
   * @throws IllegalArgumentException if there is no such sampler
   */
  static Sampler of(String name, SearchSpace space, IntFunction<RandomStream> streams) {
    return switch (name) {
      case "tpe" -> new Tpe(space);
      case "random" -> random(space);
      case "quasi-random" -> new Halton(space, streams);
      default ->
          throw new IllegalArgumentException(
              "the sampler must be tpe, random or quasi-random, was '" + name + "'");
    };
  }

  /** Returns a sampler of random points, evenly over the space. */
  static Sampler random(SearchSpace space) {
    List<Distribution> distributions = List.copyOf(space.parameters().values());
    return (_, _, _, random) ->
        distributions.stream().mapToDouble(d -> d.at(random.random())).toArray();
  }
}
