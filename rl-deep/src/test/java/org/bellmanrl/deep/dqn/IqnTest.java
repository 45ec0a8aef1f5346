package org.bellmanrl.deep.dqn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Dueling;
import org.bellmanrl.deep.network.ImplicitQuantiles;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Lstm;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.Workspace;
import org.junit.jupiter.api.Test;

/** The networks of implicit quantiles. */
class IqnTest {
  private static final Discrete ACTIONS = new Discrete(3, 5);

  private static final EnvironmentSpec TASK =
      EnvironmentSpec.of("Masked", Box.of(-1f, 1f, 3), ACTIONS).withMask();

  private static final LayerSpec PSI = new Dense(6, Activation.TANH);

  private static final List<LayerSpec> F =
      List.of(new Dense(5, Activation.TANH), new Dense(3, Activation.NONE));

  private static NetworkSpec spec(int fractions, double level, boolean drawn) {
    return NetworkSpec.of(
        InputSpec.vector(3), PSI, new ImplicitQuantiles(fractions, level, drawn, 7, F));
  }

  private static Iqn iqn(Map<String, String> options) {
    return (Iqn)
        Entries.learner("iqn")
            .create(
                LearnerContext.of(TASK, 1, Streams.of(0), new RunProgress(Budget.steps(100))),
                options);
  }

  @Test
  void network_isSplitBeforeTheLastDenseLayer() {
    assertThat(layers(Map.of("hidden", "6,5", "activation", "tanh")))
        .containsExactly(PSI, new ImplicitQuantiles(64, 1, true, 64, F));
    assertThat(layers(Map.of("hidden", "6", "activation", "tanh")))
        .containsExactly(PSI, new ImplicitQuantiles(64, 1, true, 64, List.of(F.get(1))));
    assertThat(layers(Map.of("hidden", "4, lstm 6")).get(1)).isEqualTo(new Lstm(6));
    assertThat(layers(Map.of("hidden", "6,5", "activation", "tanh", "dueling", "true")).getLast())
        .isEqualTo(
            new ImplicitQuantiles(
                64,
                1,
                true,
                64,
                List.of(F.getFirst(), new Dense(4, Activation.NONE), new Dueling(3))));
  }

  private static List<LayerSpec> layers(Map<String, String> options) {
    return iqn(options).network().spec().layers();
  }

  /** The lower 4 of 8 midpoints are the 4 midpoints below ½. */
  @Test
  void values_withARiskLevel_areThoseOfTheWorstShare() {
    Network all = Network.create(spec(8, 1, false), RandomStream.ofSeed(4));
    Network worst = all.readAs(spec(4, 0.5, false));
    float[] inputs = {0.3f, -0.8f, 0.5f};
    float[] outputs = run(all, inputs);
    float[] lower = run(worst, inputs);
    for (int a = 0; a < 3; a++) {
      for (int i = 0; i < 4; i++) {
        assertThat((double) lower[4 * a + i]).isCloseTo(outputs[8 * a + i], within(1e-6));
      }
    }
  }

  private static float[] run(Network network, float[] inputs) {
    Workspace work = network.workspace(1, Workspace.Use.FORWARD);
    System.arraycopy(inputs, 0, work.inputs(), 0, inputs.length);
    network.forward(work, 1);
    return work.outputs().clone();
  }
}
