package org.bellmanrl.tabular.td;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.dp.ValueIteration;
import org.bellmanrl.tabular.policy.TieBreak;
import org.junit.jupiter.api.Test;

final class AfterstateTdTest {
  private static AfterstateTd.Config config(String stepSize) {
    return new AfterstateTd.Config(
        Schedule.parse(stepSize), 0.5, Schedule.constant(0.3), TieBreak.RANDOM, 0);
  }

  @Test
  void observe_step_movesTheAfterstate() {
    Tasks.Shop shop = new Tasks.Shop();
    AfterstateTd learner =
        new AfterstateTd(
            LearnerContext.of(shop.spec(), 1, Streams.of(0), Tasks.progress(0, 0))
                .withAfterstates(shop),
            config("0.5"));
    Steps steps = new Steps(shop.spec(), 1);

    // One in stock, two ordered for 2: afterstate 3. Two sell for 6, one is left.
    steps.step(0, 1, 2, 4, 1).to(learner);
    assertThat(learner.table().get(3)).isEqualTo(0.5 * 6);

    // From afterstate 4 to 1; the best there is to order two, which leads to 3: −2 + 3.
    steps.step(0, 4, 0, 6, 1).to(learner);
    assertThat(learner.table().get(4)).isEqualTo(0.5 * (6 + 0.5 * 1));

    // The same afterstate from another state and action is the same value.
    assertThat(learner.table().value(2, 2)).isEqualTo(-2 + learner.table().get(4));
  }

  @Test
  void train_shop_findsTheOptimalValues() {
    ValueIteration exact =
        new ValueIteration(
            new Tasks.Shop().model(), ValueIteration.Config.defaults().withGamma(0.5));
    exact.run();
    try (Trainer<?> trainer =
        Trainer.on(new Tasks.Shop())
            .seed(2)
            .budget(Budget.steps(400_000))
            .build(context -> new AfterstateTd(context, config("linear:0.1:0.0002:100%")))) {
      trainer.run();
      AfterstateValues learned = ((AfterstateTd) trainer.learner()).table();
      for (int s = 0; s < 5; s++) {
        for (int a = 0; a < 3; a++) {
          assertThat(learned.value(s, a)).isCloseTo(exact.value(s, a), within(0.1));
        }
      }
    }
  }

  @Test
  void create_taskWithoutAfterstates_isRefused() {
    assertThatThrownBy(
            () -> new AfterstateTd(Tasks.context(Tasks.chain(), 1), AfterstateTd.Config.defaults()))
        .hasMessage(
            "afterstate-td needs a task that knows its afterstates (Afterstates), but Chain does"
                + " not; take q-learning");
  }
}
