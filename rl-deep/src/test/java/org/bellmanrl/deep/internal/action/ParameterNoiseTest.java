package org.bellmanrl.deep.internal.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.LayerNormalization;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.ParameterBlock;
import org.junit.jupiter.api.Test;

class ParameterNoiseTest {
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of("Task", Box.of(-1f, 1f, 3), Box.of(-1f, 1f, 2));

  @Test
  void perturb_weights_haveTheDeviationAndTheRestIsTheSame() {
    Network network =
        Network.create(
            NetworkSpec.of(
                InputSpec.vector(30),
                new Dense(40, Activation.NONE),
                new LayerNormalization(Activation.TANH),
                new Dense(2, Activation.NONE)),
            RandomStream.ofSeed(1));
    Network perturbed = network.copy();
    new ParameterNoise(0.3).perturb(network, perturbed, RandomStream.ofSeed(2));

    for (ParameterBlock block : network.blocks()) {
      double square = 0;
      for (int row = 0; row < block.rows(); row++) {
        for (int column = 0; column < block.columns(); column++) {
          int i = block.index(row, column);
          square += Math.pow(perturbed.parameters()[i] - network.parameters()[i], 2);
        }
      }
      double deviation = Math.sqrt(square / block.size());
      assertThat(deviation)
          .as(block.name())
          .isCloseTo(block.name().equals("weights") ? 0.3 : 0, within(0.06));
    }
  }

  @Test
  void adapt_byDistance_growsOrShrinks() {
    ParameterNoise noise = new ParameterNoise(0.5);
    noise.adapt(0.1, 0.2);
    assertThat(noise.deviation()).isEqualTo(0.5 * 1.01);
    noise.adapt(0.3, 0.2);
    assertThat(noise.deviation()).isCloseTo(0.5, within(1e-12));
  }

  /** Actions are those of one policy until an episode begins, and each row has its own. */
  @Test
  void actor_withinAnEpisode_keepsItsParameters() {
    LearnerContext context =
        LearnerContext.of(SPEC, 2, Streams.of(0), new RunProgress(Budget.steps(100)));
    Learner learner =
        Entries.learner("td3")
            .create(
                context,
                Map.of("hidden", "8", "learning_starts", "0", "noise", "adaptive-param:0.2"));
    Actor actor = learner.behaviour().actor(2, RandomStreams.ofSeeds(new long[] {3, 4}));
    Observations observations = new Observations(SPEC, 2);
    for (int i = 0; i < 6; i++) {
      observations.values().floats()[i] = 0.1f * (i % 3) + 0.4f;
    }
    float[] first = act(actor, observations, true);
    float[] second = act(actor, observations, false);
    float[] other = act(actor, observations, true);

    assertThat(second).isEqualTo(first);
    assertThat(first[0]).isNotEqualTo(first[2]);
    assertThat(other[0]).isNotEqualTo(first[0]);
  }

  private static float[] act(Actor actor, Observations observations, boolean begins) {
    Actions actions = new Actions(SPEC.actionSpace(), Dict.EMPTY, 2);
    if (begins) {
      actor.begin(Rows.all(2));
    }
    actor.act(Rows.all(2), observations, actions);
    return actions.values().floats();
  }
}
