package org.bellmanrl.api.interaction;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Rows;

/** Throws a coin in every row and counts how often it was asked. */
final class CoinPolicy implements Policy {
  int asked;

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new Actor.Memoryless(rows, random) {
      @Override
      public void act(Rows listed, Observations observations, Actions actions) {
        for (int i = 0; i < listed.count(); i++) {
          asked++;
          int row = listed.at(i);
          actions.values().ints()[row] = random.row(row).integers(0, 2);
        }
      }
    };
  }

  @Override
  public Policy snapshot() {
    return this;
  }
}
