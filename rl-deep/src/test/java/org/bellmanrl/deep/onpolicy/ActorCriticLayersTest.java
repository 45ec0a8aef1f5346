package org.bellmanrl.deep.onpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.internal.EncodedObservations;
import org.bellmanrl.deep.internal.action.Gaussian;
import org.bellmanrl.deep.internal.action.TakenActions;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.HiddenLayer;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ParameterBlock;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.optimizer.Sgd;
import org.junit.jupiter.api.Test;

class ActorCriticLayersTest {
  private static final int ROWS = 6;
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of("Task", Box.of(-1f, 1f, 3), new Discrete(2));

  private static ActorCriticNetworks networks(ActorCriticLayers layers) {
    return ActorCriticNetworks.create(Tasks.context(SPEC, 1), layers);
  }

  /** Takes one step of plain gradient descent on a fixed batch. */
  private static void step(ActorCriticNetworks networks) {
    ActorCriticTraining training = new ActorCriticTraining(networks, new Sgd(0), ROWS);
    RandomStream random = RandomStream.ofSeed(3);
    Observations observations = new Observations(SPEC, 1);
    EncodedObservations slots = new EncodedObservations(networks.encoder(), ROWS);
    TakenActions taken = networks.head(ROWS).taken(ROWS, 0);
    int[] order = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      SPEC.observationSpace().sample(random, observations.values(), 0);
      slots.put(i, observations, 0);
      taken.choices[i] = random.integers(2);
      order[i] = i;
    }
    training.forward(slots, taken, order, 0, ROWS);
    for (int i = 0; i < ROWS; i++) {
      training.logProbabilityGradient[i] = random.standardNormal();
      training.valueGradient[i] = random.standardNormal();
    }
    training.clearGradients();
    training.backward(0.1);
    training.step(0.5, 0.5, Double.POSITIVE_INFINITY);
  }

  @Test
  void step_sharedLayers_moveAlongTheSumOfBothGradients() {
    ActorCriticLayers split =
        ActorCriticLayers.of(Activation.TANH, 5, 4)
            .withValueHidden(Optional.of(HiddenLayer.dense(5, 3)));
    ActorCriticLayers joined =
        new ActorCriticLayers(
            HiddenLayer.dense(5),
            HiddenLayer.dense(4),
            Optional.of(HiddenLayer.dense(3)),
            Activation.TANH);
    ActorCriticNetworks shared = networks(joined);
    int prefix = shared.shared();
    // The weights and biases of five units on three inputs.
    assertThat(prefix).isEqualTo(shared.policy().blocks().get(2).offset());
    ActorCriticNetworks apart = networks(split);
    assertThat(apart.shared()).isZero();
    System.arraycopy(shared.policy().parameters(), 0, apart.policy().parameters(), 0, prefix);
    System.arraycopy(shared.value().parameters(), 0, apart.value().parameters(), 0, prefix);
    float[] before = Arrays.copyOf(shared.policy().parameters(), prefix);
    assertThat(Arrays.copyOf(shared.value().parameters(), prefix)).isEqualTo(before);

    step(shared);
    step(apart);

    boolean moved = false;
    for (int i = 0; i < prefix; i++) {
      float byPolicy = apart.policy().parameters()[i] - before[i];
      float byValues = apart.value().parameters()[i] - before[i];
      float now = shared.policy().parameters()[i];
      assertThat(now).isCloseTo(before[i] + byPolicy + byValues, within(1e-6f));
      moved |= byPolicy != 0 && byValues != 0;
    }
    assertThat(moved).isTrue();
    assertThat(Arrays.copyOf(shared.value().parameters(), prefix))
        .isEqualTo(Arrays.copyOf(shared.policy().parameters(), prefix));
    // Behind the shared layers, each network goes its own way.
    assertThat(tail(shared.policy().parameters(), prefix))
        .isEqualTo(tail(apart.policy().parameters(), prefix));
    assertThat(tail(shared.value().parameters(), prefix))
        .isEqualTo(tail(apart.value().parameters(), prefix));
  }

  private static float[] tail(float[] parameters, int from) {
    return Arrays.copyOfRange(parameters, from, parameters.length);
  }

  @Test
  void options_asText_makeTheNetworks() {
    Ppo.Config config =
        (Ppo.Config)
            Entries.learner("ppo")
                .options()
                .parse(
                    Map.of(
                        "shared", List.of("16", "layer-norm"),
                        "hidden", "[dense 8 relu]",
                        "value_hidden", List.of(4)));
    ActorCriticNetworks networks = networks(config.learning().network());
    assertThat(networks.policy())
        .hasToString("3 -> Dense 16 -> LayerNormalization 16 -> Dense 8 -> Dense 2");
    assertThat(networks.value())
        .hasToString("3 -> Dense 16 -> LayerNormalization 16 -> Dense 4 -> Dense 1");
    assertThat(config.learning().network().valueHidden()).contains(HiddenLayer.dense(4));
  }

  @Test
  void create_sharedParts_areOneLayerOfBothNetworks() {
    EnvironmentSpec spec =
        EnvironmentSpec.of(
            "Parts",
            Dict.of(Map.of("gear", new Discrete(5), "pose", Box.of(-1f, 1f, 3))),
            new Discrete(2));
    ActorCriticLayers layers =
        ActorCriticLayers.of(Trunk.parse(Activation.TANH, "6"))
            .withShared(
                List.of(HiddenLayer.parse("gear: [embedding 3, 4]"), HiddenLayer.parse("8")));
    ActorCriticNetworks networks =
        ActorCriticNetworks.create(Tasks.context(spec, 1), layers, Gaussian.USUAL, false);
    assertThat(networks.policy())
        .hasToString("8 -> Parallel[5 -> 3 -> 4, 3] 7 -> Dense 8 -> Dense 6 -> Dense 2");
    assertThat(networks.sharedLayers()).isEqualTo(2);
    for (String hidden : List.of("gear: 4", "embedding 4")) {
      assertThatThrownBy(() -> layers.withHidden(List.of(HiddenLayer.parse(hidden))))
          .hasMessageContaining("put them into shared");
    }
  }

  @Test
  void create_normalisationBehindSharedConvolutions_isNotShared() {
    ActorCriticNetworks networks =
        ActorCriticNetworks.create(
            Tasks.context(EnvironmentSpec.of("Picture", Box.pixels(5, 5, 2), new Discrete(2)), 1),
            ActorCriticLayers.of(Trunk.parse(Activation.RELU, "layer-norm", "8", "flatten"))
                .withShared(List.of(HiddenLayer.parse("conv 4 2"))),
            Gaussian.USUAL,
            false);
    assertThat(networks.policy())
        .hasToString(
            "5x5x2 -> Convolution2d 4x4x4 -> Flatten 64 -> LayerNormalization 64 -> Dense 8"
                + " -> Flatten 8 -> Dense 2");
    assertThat(networks.sharedLayers()).isEqualTo(2);
  }

  @Test
  void create_notOrthogonal_startsUniformWithinAnInputsRoot() {
    ActorCriticNetworks networks =
        ActorCriticNetworks.create(
            Tasks.context(SPEC, 1),
            ActorCriticLayers.of(Activation.TANH, 64),
            Gaussian.USUAL,
            false);
    for (Network network : List.of(networks.policy(), networks.value())) {
      for (ParameterBlock block : network.blocks()) {
        double bound = 1 / Math.sqrt(block.layer() == 0 ? 3 : 64);
        double largest = 0;
        for (int row = 0; row < block.rows(); row++) {
          for (int column = 0; column < block.columns(); column++) {
            largest = Math.max(largest, Math.abs(network.parameters()[block.index(row, column)]));
          }
        }
        // Of 64 uniform numbers the largest is above nine tenths of the bound but once in 1,000.
        assertThat(largest)
            .isLessThanOrEqualTo(bound)
            .isGreaterThan(block.size() < 64 ? 0 : 0.9 * bound);
      }
    }
  }

  @Test
  void create_convolutionsBehindSharedLayers_areRefused() {
    ActorCriticLayers layers = ActorCriticLayers.of(Activation.TANH, 5);
    assertThatThrownBy(() ->
            layers
                .withShared(HiddenLayer.dense(5))
                .withHidden(List.of(HiddenLayer.parse("conv 4 2"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("put them into shared");
    assertThatThrownBy(() ->
            layers
                .withShared(List.of(HiddenLayer.parse("layer-norm")))
                .withValueHidden(
                    Optional.of(
                        List.of(HiddenLayer.parse("layer-norm"), HiddenLayer.parse("conv 4 2")))))
        .hasMessageContaining("put them into shared");
  }
}
