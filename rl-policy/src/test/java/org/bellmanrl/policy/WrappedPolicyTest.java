package org.bellmanrl.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Policy.Decider;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.transform.ActionScaling;
import org.bellmanrl.api.transform.GridCode;
import org.bellmanrl.testkit.PolicyContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrappedPolicyTest {
  private static final Box PLANE = Box.of(-1f, 1f, 2);

  /** Two bins across and three along. */
  private static final GridCode GRID =
      GridCode.bins(PLANE, new int[] {2, 3}, new double[] {-1, -1}, new double[] {1, 1}, false);

  @TempDir Path folder;

  /** Takes the action of the number of the cell, or the next one that is allowed. */
  private static TablePolicy cells() {
    double[] numbers = new double[36];
    for (int cell = 0; cell < 6; cell++) {
      for (int action = 0; action < 6; action++) {
        numbers[6 * cell + action] = -Math.floorMod(action - cell, 6);
      }
    }
    return new TablePolicy(
        new Discrete(6), new Discrete(6), numbers, TablePolicy.Rule.GREEDY_FIRST);
  }

  private static ShippedPolicy shipped(WritablePolicy policy, boolean masked) {
    EnvironmentSpec task =
        EnvironmentSpec.of("Plane", policy.observationSpace(), policy.actionSpace());
    return new ShippedPolicy(masked ? task.withMask() : task, policy, Map.of(), "# Card\n");
  }

  private ShippedPolicy readBack(ShippedPolicy policy) throws IOException {
    Path file = folder.resolve("policy.zip");
    Files.write(file, Policies.toBytes(policy));
    return Policies.load(file);
  }

  @Test
  void behindAGrid_seesTheCell() throws IOException {
    ShippedPolicy policy = shipped(WrappedPolicy.behind(GRID, cells()), false);
    float[][] seen = {{-1, -1}, {-0.1f, 0}, {-0.5f, 0.9f}, {0, -0.5f}, {0.1f, 0.2f}, {1, 1}};
    for (ShippedPolicy each : new ShippedPolicy[] {policy, readBack(policy)}) {
      Decider decider = each.decider(each.spec());
      for (int cell = 0; cell < 6; cell++) {
        decider.observation().set(0, seen[cell][0]);
        decider.observation().set(1, seen[cell][1]);
        assertThat(decider.decide().discrete()).isEqualTo(cell);
      }
    }
  }

  @Test
  void behindAGrid_aMaskGoesThrough() throws IOException {
    ShippedPolicy policy = readBack(shipped(WrappedPolicy.behind(GRID, cells()), true));
    Observations seen = policy.observations(1);
    boolean[] allowed = {false, false, true, false, false, true};
    System.arraycopy(allowed, 0, seen.mask(), 0, 6);
    Actions actions = policy.actions(1);
    policy.actor(1, RandomStreams.ofSeeds(0)).act(Rows.all(1), seen, actions);
    assertThat(actions.values().ints()[0]).isEqualTo(5); // of cell 4, in the middle
  }

  /** Does what it sees. */
  private record Echo(Space observationSpace, Space actionSpace) implements WritablePolicy {
    @Override
    public String format() {
      return "echo";
    }

    @Override
    public void write(State state) {}

    @Override
    public String description() {
      return "an echo";
    }

    @Override
    public Echo snapshot() {
      return this;
    }

    @Override
    public Actor actor(int rows, RandomStreams random) {
      return new Actor() {
        @Override
        public int rows() {
          return rows;
        }

        @Override
        public void act(Rows acting, Observations observations, Actions actions) {
          System.arraycopy(
              observations.values().floats(), 0, actions.values().floats(), 0, 2 * rows);
        }

        @Override
        public void carry(State state, int row) {}
      };
    }
  }

  @Test
  void scaled_leadsFromRangeToRange() {
    Box task = Box.of(new float[] {-2, 0}, new float[] {2, 10});
    ActionScaling scaling =
        new ActionScaling(-1, 1, task, new float[] {-2, 5}, new float[] {2, 10});
    WrappedPolicy policy = WrappedPolicy.scaled(new Echo(PLANE, scaling.takes()), scaling);
    assertThat(policy.actionSpace()).isEqualTo(task);
    Decider decider = shipped(policy, false).decider(EnvironmentSpec.of("Plane", PLANE, task));
    decider.observation().set(0, 0.5f);
    decider.observation().set(1, -0.6f);
    assertThat(decider.decide().get(0)).isEqualTo(1);
    assertThat(decider.decide().get(1)).isEqualTo(6);
  }

  @Test
  void wrapped_twiceOrByWhatDoesNotFit_isRefused() {
    WrappedPolicy once = WrappedPolicy.behind(GRID, cells());
    assertThatThrownBy(() -> WrappedPolicy.behind(GRID, once)).hasMessageContaining("once");
    GridCode fine =
        GridCode.tilings(PLANE, 2, new int[] {2, 2}, new double[] {-1, -1}, new double[] {1, 1});
    assertThatThrownBy(() -> WrappedPolicy.behind(fine, cells()))
        .hasMessage("the grid gives MultiDiscrete[9, 9], but the policy takes Discrete(6)");
  }

  @Nested
  class Contract extends PolicyContract {
    @Override
    protected Policy create() {
      return WrappedPolicy.behind(GRID, cells());
    }

    @Override
    protected EnvironmentSpec task() {
      return EnvironmentSpec.of("Plane", PLANE, new Discrete(6));
    }
  }
}
