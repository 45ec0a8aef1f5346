package org.bellmanrl.bench.env;

import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;

/** What a loop over many environments owns, with actions drawn beforehand. */
final class BatchLoop {
  /** For how many steps actions are drawn. */
  static final int DRAWN = 64;

  /** After how many calls all rows are reset. */
  static final int LIMIT = 200;

  private final VectorEnvironment environment;
  private final Columns[] drawn;
  private final Rows all;
  private final Rows ended;
  private final RandomStreams random;
  private final Observations current;
  private final Outcomes outcomes;
  private int calls;

  BatchLoop(VectorEnvironment environment) {
    int n = environment.rows();
    this.environment = environment;
    this.drawn = draw(environment.spec(), n);
    this.all = Rows.all(n);
    this.ended = new Rows(n);
    long[] seeds = new long[n];
    Arrays.setAll(seeds, row -> row);
    this.random = RandomStreams.ofSeeds(seeds);
    this.current = new Observations(environment.spec(), n);
    this.outcomes = new Outcomes(environment.spec(), n);
  }

  Outcomes run() {
    if (calls % LIMIT == 0) {
      environment.reset(all, random, current);
    }
    outcomes.clear(all);
    environment.step(all, drawn[calls++ % DRAWN], random, outcomes);
    ended.clear();
    boolean[] terminated = outcomes.terminated();
    for (int row = 0; row < terminated.length; row++) {
      if (terminated[row]) {
        ended.add(row);
      }
    }
    if (!ended.isEmpty()) {
      environment.reset(ended, random, current);
    }
    return outcomes;
  }

  void close() {
    environment.close();
  }

  static Columns[] draw(EnvironmentSpec spec, int rows) {
    RandomStream random = RandomStream.ofSeed(1);
    Columns[] drawn = new Columns[DRAWN];
    for (int i = 0; i < DRAWN; i++) {
      drawn[i] = new Columns(spec.actionSpace(), rows);
      for (int row = 0; row < rows; row++) {
        spec.actionSpace().sample(random, drawn[i], row);
      }
    }
    return drawn;
  }
}
