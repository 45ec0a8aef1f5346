package org.bellmanrl.deep.dqn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.replay.Prioritisation;
import org.bellmanrl.deep.replay.Replay;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.ReplayConfig;
import org.junit.jupiter.api.Test;

class TdLossTest {
  private static final int ACTIONS = 3;
  private static final Discrete SPACE = new Discrete(ACTIONS, -1);

  /** One step that pays 2 and shows a mask of the actions −1 and 1, drawn as often as asked. */
  private static ReplayBatch batch(int size, int action, double discount, boolean[] mask) {
    EnvironmentSpec spec = EnvironmentSpec.of("Masked", Box.of(-1f, 1f, 1), SPACE).withMask();
    Replay replay =
        new Replay(spec, 1, new ReplayConfig(8, 1, 0.5, 1, Optional.of(new Prioritisation()), 0));
    Actions actions = new Actions(spec.actionSpace(), Dict.EMPTY, 1);
    Outcomes outcomes = new Outcomes(spec, 1);
    Transitions transitions =
        new Transitions(Rows.all(1), new Observations(spec, 1), actions, outcomes, null);
    actions.values().ints()[0] = action;
    outcomes.reward()[0] = 2;
    outcomes.discount()[0] = discount;
    System.arraycopy(mask, 0, outcomes.observations().mask(), 0, ACTIONS);
    transitions.first()[0] = true;
    replay.add(transitions);
    ReplayBatch batch = replay.batch(size);
    replay.sample(RandomStream.ofSeed(0), batch);
    return batch;
  }

  @Test
  void compute_equalsHandComputedTable() {
    ReplayBatch batch = batch(2, 0, 1, new boolean[] {true, false, true});
    TdLoss loss = new TdLoss(SPACE, 2);
    float[] values = {9, 2.5f, 9, 0, /**/ 9, 7, 9, 0};
    float[] next = {1, 8, 3, 0, /**/ 4, 8, 2, 0};
    float[] online = {5, 9, 1, 0, /**/ 1, 9, 5, 0};
    float[] gradients = new float[8];
    Arrays.fill(gradients, 77f);

    loss.compute(batch, values, next, next, 4, gradients);

    // The largest that is allowed: 2 + 0.5 · 3 and 2 + 0.5 · 4, so δ = −1 and 3.
    assertThat(loss.errors()).containsExactly(-1f, 3f);
    assertThat(gradients).containsExactly(0, -0.5f, 0, 0, 0, 0.5f, 0, 0);
    assertThat(loss.loss()).isEqualTo(0.5f * 0.5f + 0.5f * 2.5f);
    assertThat(loss.meanValue()).isEqualTo(4.75f);

    loss.compute(batch, values, next, online, 4, gradients);

    // Double: the online network prefers −1 and 1 among the allowed, worth 1 and 2 to the target.
    assertThat(loss.errors()).containsExactly(0f, 4f);
    assertThat(gradients).containsExactly(0, 0, 0, 0, 0, 0.5f, 0, 0);
  }

  @Test
  void compute_terminal_looksAtNoNextValue() {
    ReplayBatch batch = batch(1, 1, 0, new boolean[ACTIONS]);
    TdLoss loss = new TdLoss(SPACE, 1);
    float[] next = {Float.NaN, Float.NaN, Float.NaN, 0};

    loss.compute(batch, new float[4], next, next, 4, new float[4]);

    assertThat(loss.errors()).containsExactly(-2f);
  }

  @Test
  void gradient_equalsFiniteDifferences() {
    RandomStream random = RandomStream.ofSeed(3);
    Network network = Network.create(NetworkSpec.mlp(2, ACTIONS, Activation.TANH, 5), random);
    int size = 4;
    ReplayBatch batch = batch(size, 0, 1, new boolean[] {true, true, true});
    // Weights as priorities would give them.
    for (int i = 0; i < size; i++) {
      batch.weights()[i] = 1f / (1 + i);
      batch.rewards()[i] = 0.3f * i;
    }
    Workspace work = network.workspace(size, Workspace.Use.TRAINING);
    for (int i = 0; i < size * 2; i++) {
      work.inputs()[i] = (float) random.standardNormal();
    }
    float[] next = new float[size * work.outputStride()];
    for (int i = 0; i < next.length; i++) {
      next[i] = (float) random.standardNormal();
    }
    TdLoss loss = new TdLoss(SPACE, size);
    network.forward(work, size);
    loss.compute(batch, work.outputs(), next, next, work.outputStride(), work.outputGradients());
    float[] gradients = network.newVector();
    network.backward(work, size, gradients);

    float[] ignored = new float[size * work.outputStride()];
    float step = 1e-2f;
    int compared = 0;
    for (int i = 0; i < gradients.length; i++) {
      float kept = network.parameters()[i];
      network.parameters()[i] = kept + step;
      network.forward(work, size);
      loss.compute(batch, work.outputs(), next, next, work.outputStride(), ignored);
      double above = loss.loss();
      network.parameters()[i] = kept - step;
      network.forward(work, size);
      loss.compute(batch, work.outputs(), next, next, work.outputStride(), ignored);
      double below = loss.loss();
      network.parameters()[i] = kept;
      assertThat((double) gradients[i])
          .as("parameter %d", i)
          .isCloseTo((above - below) / (2 * step), within(1e-3));
      compared += Math.abs(gradients[i]) > 0.02 ? 1 : 0;
    }
    assertThat(compared).isGreaterThan(10);
  }
}
