package org.bellmanrl.bench.search;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.tune.SearchSpace;

/**
 * Functions that a search is to make as small as possible. {@code bench/peers/optuna_search.py} has
 * the same ones.
 */
enum SearchFunction {
  /** Five parameters, least 0 where all are 1. */
  SPHERE(reals(5, -5, 5)) {
    @Override
    double of(double[] x) {
      double sum = 0;
      for (double each : x) {
        sum += (each - 1) * (each - 1);
      }
      return sum;
    }
  },

  /** A curved valley in four parameters (Rosenbrock, 1960), least 0 where all are 1. */
  ROSENBROCK(reals(4, -5, 10)) {
    @Override
    double of(double[] x) {
      double sum = 0;
      for (int i = 0; i + 1 < x.length; i++) {
        double aside = x[i + 1] - x[i] * x[i];
        sum += 100 * aside * aside + (1 - x[i]) * (1 - x[i]);
      }
      return sum;
    }
  },

  /** Three equal valleys in two parameters (Branin, 1972), least 0.397887. */
  BRANIN("parameters: {x0: 'uniform:-5:10', x1: 'uniform:0:15'}") {
    @Override
    double of(double[] x) {
      double valley = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
      return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x[0]) + 10;
    }
  },

  /** Four hollows in six parameters (Dixon and Szegő, 1978), least −3.32237. */
  HARTMANN(reals(6, 0, 1)) {
    private static final double[] DEPTH = {1, 1.2, 3, 3.2};

    private static final double[][] NARROWNESS = {
      {10, 3, 17, 3.5, 1.7, 8},
      {0.05, 10, 17, 0.1, 8, 14},
      {3, 3.5, 1.7, 10, 17, 8},
      {17, 8, 0.05, 10, 0.1, 14}
    };

    private static final double[][] CENTRE = {
      {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
      {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
      {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
      {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };

    @Override
    double of(double[] x) {
      double sum = 0;
      for (int i = 0; i < DEPTH.length; i++) {
        double distance = 0;
        for (int j = 0; j < x.length; j++) {
          double way = x[j] - CENTRE[i][j];
          distance += NARROWNESS[i][j] * way * way;
        }
        sum -= DEPTH[i] * Math.exp(-distance);
      }
      return sum;
    }
  },

  /** A thousand hollows in three parameters (Rastrigin, 1974), least 0 where all are 0. */
  RASTRIGIN(reals(3, -5.12, 5.12)) {
    @Override
    double of(double[] x) {
      double sum = 0;
      for (double each : x) {
        sum += each * each - 10 * Math.cos(2 * Math.PI * each) + 10;
      }
      return sum;
    }
  },

  /** Parameters of all kinds, least 0. */
  MIXED(
      "parameters: {rate: 'log:1e-5:1', units: 'whole:1:8', kind: [0, 1], shape: [0, 1, 2],"
          + " x: 'uniform:-5:5'}") {
    @Override
    double of(double[] x) {
      double rate = Math.log10(x[0]) + 3;
      return rate * rate
          + (x[1] - 6) * (x[1] - 6) / 4
          + (x[2] == 1 ? 0 : 1)
          + (x[3] == 2 ? 0 : 1)
          + (x[4] - 1) * (x[4] - 1) / 4;
    }
  },

  /**
   * A real one, with the search space of {@code q-learning}: minus the mean return on Taxi-v4 after
   * 20,000 steps. Evaluated on ten seeds that the search has not seen.
   */
  TAXI(spaceOf("q-learning")) {
    @Override
    double of(double[] x) {
      return -TaxiTraining.meanReturn(x, 0, 3);
    }

    @Override
    double judged(double[] x) {
      return -TaxiTraining.meanReturn(x, 100, 10);
    }
  };

  /** The search space as a file for {@code ./rl tune --space} has it. */
  private final String space;

  SearchFunction(String space) {
    this.space = space;
  }

  /** The search space that comes with a learner. */
  private static String spaceOf(String learner) {
    String name = "META-INF/bellman/search-spaces/" + learner + ".yaml";
    try {
      return Resources.toString(Resources.getResource(name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reals(int count, double low, double high) {
    StringJoiner text = new StringJoiner(", ", "parameters: {", "}");
    for (int i = 0; i < count; i++) {
      text.add("x%d: 'uniform:%s:%s'".formatted(i, low, high));
    }
    return text.toString();
  }

  /**
   * Finds a function by its name.
   *
   * @throws UserError if there is none
   */
  static SearchFunction named(String id) {
    return Arrays.stream(values())
        .filter(function -> function.id().equals(id))
        .findAny()
        .orElseThrow(() ->
            new UserError(
                "there is no function '%s', only %s"
                    .formatted(
                        id,
                        Arrays.stream(values())
                            .map(SearchFunction::id)
                            .collect(Collectors.joining(", ")))));
  }

  /** Its name in files and on the page. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  SearchSpace space() {
    return SearchSpace.of(Document.parse(id(), space));
  }

  /**
   * What a search makes as small as possible.
   *
   * @param x the parameters in the order of the space
   */
  abstract double of(double[] x);

  /** What the best point of a search is judged by: the function, where it holds no chance. */
  double judged(double[] x) {
    return of(x);
  }
}
