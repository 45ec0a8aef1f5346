package org.bellmanrl.deep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.junit.jupiter.api.Test;

class NetworkPolicyTest {
  /** A network without hidden layers whose outputs are its inputs. */
  private static NetworkPolicy identity(int size, Space actions) {
    Network network =
        Network.create(NetworkSpec.mlp(size, size, Activation.NONE), RandomStream.ofSeed(0));
    Arrays.fill(network.parameters(), 0f);
    for (int i = 0; i < size; i++) {
      network.parameters()[network.blocks().getFirst().index(i, i)] = 1f;
    }
    return new NetworkPolicy(box(size), actions, network);
  }

  private static Box box(int size) {
    return Box.of(-10, 10, size);
  }

  private static Observations shown(NetworkPolicy policy, boolean masked, float... outputs) {
    EnvironmentSpec spec =
        EnvironmentSpec.of("task", policy.observationSpace(), policy.actionSpace());
    Observations observations = new Observations(masked ? spec.withMask() : spec, 1);
    System.arraycopy(outputs, 0, observations.values().floats(), 0, outputs.length);
    return observations;
  }

  private static Actions act(NetworkPolicy policy, Observations observations) {
    Actions actions = new Actions(policy.actionSpace(), Dict.EMPTY, 1);
    policy.actor(1, RandomStreams.ofSeeds(0)).act(Rows.all(1), observations, actions);
    return actions;
  }

  @Test
  void act_takesTheLargestOutput_theFirstOfSeveral() {
    NetworkPolicy policy = identity(3, new Discrete(3, 5));
    assertThat(act(policy, shown(policy, false, 1, 4, 2)).values().ints()).containsExactly(6);
    assertThat(act(policy, shown(policy, false, 3, 1, 3)).values().ints()).containsExactly(5);
  }

  @Test
  void act_withAMask_takesTheLargestThatIsAllowed() {
    NetworkPolicy policy = identity(3, new Discrete(3));
    Observations observations = shown(policy, true, 1, 4, 2);
    observations.mask()[0] = true;
    observations.mask()[2] = true;
    assertThat(act(policy, observations).values().ints()).containsExactly(2);
    Arrays.fill(observations.mask(), false);
    assertThatThrownBy(() -> act(policy, observations)).hasMessageContaining("allows no action");
  }

  @Test
  void act_ofSeveralElements_choosesEach() {
    NetworkPolicy multi = identity(5, new MultiDiscrete(2, 3));
    assertThat(act(multi, shown(multi, false, 1, 2, 7, 3, 9)).values().ints())
        .containsExactly(1, 2);
    NetworkPolicy bits = identity(4, new MultiBinary(2));
    assertThat(act(bits, shown(bits, false, 1, 2, 7, 3)).values().bytes()).containsExactly(1, 0);
  }

  @Test
  void act_ofNumbers_clipsThem() {
    NetworkPolicy policy = identity(2, Box.of(-1, 1, 2));
    assertThat(act(policy, shown(policy, false, -3, 0.5f)).values().floats())
        .containsExactly(-1, 0.5f);
    policy.network().parameters()[0] = Float.POSITIVE_INFINITY;
    assertThatThrownBy(() -> act(policy, shown(policy, false, 1, 1)))
        .hasMessageContaining("parameter of the policy of layer 0 (Dense), weights[0][0]");
  }

  @Test
  void snapshot_doesNotFollowTheNetwork() {
    NetworkPolicy policy = identity(2, new Discrete(2));
    NetworkPolicy snapshot = policy.snapshot();
    Arrays.fill(policy.network().parameters(), 0f);
    assertThat(act(policy, shown(policy, false, 1, 2)).values().ints()).containsExactly(0);
    assertThat(act(snapshot, shown(policy, false, 1, 2)).values().ints()).containsExactly(1);
  }

  @Test
  void create_withAnotherNetwork_saysWhatIsWanted() {
    Network network = identity(2, new Discrete(2)).network();
    assertThatThrownBy(() -> new NetworkPolicy(box(2), new Discrete(3), network))
        .hasMessageContaining("a network with 3 outputs, had 2");
    assertThatThrownBy(() -> new NetworkPolicy(box(4), new Discrete(2), network))
        .hasMessageContaining("need a network with inputs");
  }
}
