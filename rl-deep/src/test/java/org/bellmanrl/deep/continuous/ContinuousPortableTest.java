package org.bellmanrl.deep.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.policy.PortablePolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContinuousPortableTest {
  private static final int ROWS = 1000;

  @ParameterizedTest
  @CsvSource({
    "sac, hidden, '32,32'",
    "td3, hidden, '32,32'",
    "td3, hidden, 'lstm 8, 8'",
    "sac, sde, true",
    "sac, hidden, 'gru 8, 8'",
    "ppo, sde, true",
    "ppo, state_std, true",
    "ppo, squash, true",
    "stream-ac, hidden, '[dense 32 none, layer-norm plain, dense 32 leaky_relu]'"
  })
  void portable_actsAsThePolicyDoes_toTheBit(String learner, String option, String value) {
    EnvironmentSpec spec =
        EnvironmentSpec.of(
            "Arm",
            Box.of(-3f, 3f, 5),
            Box.of(new float[] {-2, 0, -0.1f}, new float[] {2, 7, 0.3f}));
    LearnerContext context =
        LearnerContext.of(spec, 1, Streams.of(5), new RunProgress(Budget.steps(100)));
    Map<String, String> options = new HashMap<>(Map.of("hidden", "32,32"));
    options.put(option, value);
    Policy policy = Entries.learner(learner).create(context, options).policy();
    Observations observations = new Observations(spec, ROWS);
    for (int row = 0; row < ROWS; row++) {
      spec.observationSpace().sample(RandomStream.ofSeed(row), observations.values(), row);
    }
    float[] own = act(policy, spec, observations);
    assertThat(act(((PortablePolicy) policy).portable(), spec, observations)).isEqualTo(own);
    assertThat(own[0]).isNotEqualTo(own[3]);
  }

  private static float[] act(Policy policy, EnvironmentSpec spec, Observations observations) {
    Actions actions = new Actions(spec.actionSpace(), Dict.EMPTY, ROWS);
    policy
        .actor(ROWS, RandomStreams.ofSeeds(new long[ROWS]))
        .act(Rows.all(ROWS), observations, actions);
    return actions.values().floats();
  }
}
