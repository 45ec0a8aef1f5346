package org.bellmanrl.env.wrapper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/** An environment that shows, pays and ends as written down, and notes which actions it got. */
final class Scripted implements Environment, Stateful {
  private final EnvironmentSpec spec;
  private final float[][] observations;
  private final double[] rewards;
  private final boolean[] terminated;
  private final double[] discounts;
  final List<String> actions = new ArrayList<>();
  private int at = -1;

  Scripted(EnvironmentSpec spec, float[][] observations) {
    this.spec = spec;
    this.observations = observations;
    this.rewards = new double[observations.length];
    this.terminated = new boolean[observations.length];
    this.discounts = new double[observations.length];
    Arrays.fill(discounts, 1);
  }

  /** Real observations of the width of the first, and three actions. */
  static Scripted of(float[]... observations) {
    Space space = Box.of(-1000, 1000, observations[0].length);
    return new Scripted(
        EnvironmentSpec.of("test/Scripted-v0", space, new Discrete(3)), observations);
  }

  /** One real number that is the number of the moment, for as many moments as there are rewards. */
  static Scripted rewards(double... rewards) {
    float[][] counting = new float[rewards.length][];
    Arrays.setAll(counting, i -> new float[] {i});
    return of(counting).paying(rewards);
  }

  /** One real number that is the number of the moment, and the given actions. */
  static Scripted actions(Space actions) {
    float[][] counting = new float[100][];
    Arrays.setAll(counting, i -> new float[] {i});
    return new Scripted(
        EnvironmentSpec.of("test/Scripted-v0", Box.of(0, 100, 1), actions), counting);
  }

  static float[] f(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Rewards by moment; those of moments that are resets are never paid. */
  Scripted paying(double... given) {
    System.arraycopy(given, 0, rewards, 0, given.length);
    return this;
  }

  Scripted endingAt(int moment) {
    terminated[moment] = true;
    return this;
  }

  Scripted discounting(int moment, double discount) {
    discounts[moment] = discount;
    return this;
  }

  /** Wrapped, and stepped by hand. */
  Simulation in(Wrapper wrapper) {
    return new Simulation(wrapper.wrap(VectorEnvironment.of(this)));
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    at++;
    show(observation);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    actions.add(text(action));
    at++;
    show(outcome.observation());
    outcome.reward(rewards[at]);
    outcome.discount(discounts[at]);
    if (terminated[at]) {
      outcome.terminate();
    }
  }

  private String text(Action action) {
    if (spec.actionSpace() instanceof Box box) {
      float[] values = new float[box.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = action.get(i);
      }
      return Arrays.toString(values);
    }
    return Integer.toString(action.discrete());
  }

  private void show(Observation observation) {
    Columns layout = new Columns(spec.observationSpace(), 1);
    int next = 0;
    for (int leaf = 0; leaf < layout.layout().leaves().size(); leaf++) {
      Leaf part = layout.layout().leaves().get(leaf);
      for (int i = 0; i < part.width(); i++) {
        float value = observations[at][next++];
        if (part.dtype() == DType.FLOAT32) {
          observation.setOf(leaf, i, value);
        } else if (part.dtype() == DType.INT32) {
          observation.setDiscreteOf(leaf, i, (int) value);
        } else {
          observation.setUnsignedOf(leaf, i, (int) value);
        }
      }
    }
  }

  @Override
  public void carry(State state) {
    state.begin("scripted", 1);
    at = state.carry("at", at);
    state.end();
  }
}
