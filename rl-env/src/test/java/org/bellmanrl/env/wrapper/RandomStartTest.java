package org.bellmanrl.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.TreeSet;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.bellmanrl.env.toytext.CliffWalking;
import org.bellmanrl.env.toytext.CliffWalkingOptions;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStartTest {
  private static final FrozenLakeOptions LAKE =
      FrozenLakeOptions.defaults().withMap(List.of("SFH", "FFG")).withSlippery(false);

  private static VectorEnvironment lake(int rows) {
    return new RandomStart()
        .wrap(
            rows == 1 ? VectorEnvironment.of(new FrozenLake(LAKE)) : FrozenLake.batch(LAKE, rows));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void reset_beginsInAnyStateThatIsNoEnd(int rows) {
    VectorEnvironment environment = lake(rows);
    RandomStreams random = RandomStreams.ofSeeds(1, 2, 3);
    Observations observations = new Observations(environment.spec(), rows);
    TreeSet<Integer> seen = new TreeSet<>();
    for (int i = 0; i < 60; i++) {
      environment.reset(
          Rows.all(rows), rows == 1 ? RandomStreams.ofSeeds(i) : random, observations);
      for (int row = 0; row < rows; row++) {
        seen.add(observations.values().ints()[row]);
      }
    }
    assertThat(seen).containsExactly(0, 1, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void step_goesOnFromTheStart(int rows) {
    VectorEnvironment environment = lake(rows);
    RandomStreams random = rows == 1 ? RandomStreams.ofSeeds(5) : RandomStreams.ofSeeds(5, 6, 7);
    Observations observations = new Observations(environment.spec(), rows);
    Outcomes outcomes = new Outcomes(environment.spec(), rows);
    Columns down = new Columns(environment.spec().actionSpace(), rows);
    for (int row = 0; row < rows; row++) {
      down.ints()[row] = 1;
    }
    environment.reset(Rows.all(rows), random, observations);
    environment.step(Rows.all(rows), down, random, outcomes);
    for (int row = 0; row < rows; row++) {
      int from = observations.values().ints()[row];
      assertThat(outcomes.observations().values().ints()[row])
          .isEqualTo(from < 3 ? from + 3 : from);
    }
  }

  @Test
  void wrap_isLeftOutInEvaluationAndHidesTheModel() {
    VectorEnvironment environment = lake(1);
    VectorEnvironment bare = VectorEnvironment.of(new FrozenLake(LAKE));
    assertThat(environment.capability(0, Modelled.class)).isEmpty();
    assertThat(((Wrapper.ForEvaluation) environment).around(bare)).isSameAs(bare);
  }

  @Test
  void wrap_tasks_takesThoseThatAreTheirModelAlone() {
    new RandomStart()
        .wrap(VectorEnvironment.of(new CliffWalking(CliffWalkingOptions.defaults())))
        .close();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new RandomStart().wrap(VectorEnvironment.of(new CartPole(CartPoleOptions.defaults()))))
        .withMessageContaining("CartPole-v1 is none");
    VectorEnvironment scaled = new ScaleReward(2).wrap(VectorEnvironment.of(new FrozenLake(LAKE)));
    assertThatIllegalArgumentException().isThrownBy(() -> new RandomStart().wrap(scaled));
  }
}
