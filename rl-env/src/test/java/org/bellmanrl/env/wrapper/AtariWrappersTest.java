package org.bellmanrl.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.testkit.RandomTask;
import org.junit.jupiter.api.Test;

/** The wrappers that games of the Atari 2600 are played with. */
class AtariWrappersTest {

  @Test
  void noOpStart_takesARandomNumberOfFirstActions() {
    Set<Integer> counts = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      Scripted task = Scripted.actions(new Discrete(3, 5));
      Simulation simulation = task.in(new NoOpStart(4));
      simulation.random().reseed(seed);
      simulation.reset();
      assertThat(task.actions).containsOnly("5");
      assertThat(simulation.observation().get(0)).isEqualTo(task.actions.size());
      counts.add(task.actions.size());
    }
    assertThat(counts).containsExactlyInAnyOrder(1, 2, 3, 4);
  }

  @Test
  void fireReset_takesFireAndUp_andSkipsWhatEndsWithin() {
    Scripted task = Scripted.rewards(0, 9, 9, 1, 9, 9, 2, 9, 9).endingAt(1).endingAt(3);
    Simulation simulation = task.in(new FireReset());
    simulation.reset();
    // The first action ends the episode of moment 1; moment 2 is a reset, 3 ends again, 4 is shown.
    assertThat(task.actions).containsExactly("1", "2");
    assertThat(simulation.observation().get(0)).isEqualTo(4);
    simulation.step(0);
    assertThat(simulation.reward()).isEqualTo(9);
    assertThat(simulation.observation().get(0)).isEqualTo(5);
  }

  @Test
  void fireReset_afterALostLife_firesInTheSameStep() {
    LivesTask task = new LivesTask(5);
    StringBuilder taken = new StringBuilder();
    task.taken = taken;
    Simulation simulation = new Simulation(new FireReset().wrap(VectorEnvironment.of(task)));
    simulation.reset();
    double earned = 0;
    int steps = 0;
    do {
      simulation.step(0);
      earned += simulation.reward();
      steps++;
    } while (!simulation.terminated());
    // A life takes five steps; two of each are those of the buttons.
    assertThat(taken.toString()).isEqualTo("120001200012000");
    assertThat(steps).isEqualTo(9);
    assertThat(earned).as("that of all steps but the first two").isEqualTo(13);
  }

  @Test
  void openingActions_ofWhatTheyDoNotFit_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scripted.actions(new Discrete(2)).in(new FireReset()))
        .withMessageContaining("a Discrete of 3 actions or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scripted.actions(Box.of(-1, 1, 1)).in(new NoOpStart()))
        .withMessageContaining("no-op-start");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NoOpStart(0))
        .withMessageContaining("noop_max");
  }

  /** Five steps a life, three lives a game: terminated at each loss, reset at the last. */
  @Test
  void episodicLife_endsWithEachLife_andGoesOnInTheGame() {
    LivesTask task = new LivesTask(5);
    Simulation simulation = new Simulation(new EpisodicLife().wrap(VectorEnvironment.of(task)));
    List<Integer> lengths = new ArrayList<>();
    for (int episode = 0; episode < 6; episode++) {
      simulation.reset();
      int length = 0;
      do {
        simulation.step(1);
        length++;
      } while (!simulation.terminated());
      lengths.add(length);
    }
    // A reset within a game takes a step of its life.
    assertThat(lengths).containsExactly(5, 4, 4, 5, 4, 4);
    assertThat(task.games).isEqualTo(2);
  }

  @Test
  void episodicLife_limit_countsTheGameAndCutsIt() {
    LivesTask task = new LivesTask(5);
    VectorEnvironment limited = new TimeLimit(7).wrap(VectorEnvironment.of(task));
    Simulation simulation = new Simulation(new EpisodicLife().wrap(limited));
    simulation.reset();
    for (int i = 0; i < 5; i++) {
      simulation.step(1);
    }
    assertThat(simulation.terminated()).isTrue();
    simulation.reset();
    simulation.step(1);
    assertThat(simulation.terminated()).isFalse();
    assertThat(simulation.truncated()).isTrue();
    simulation.reset();
    assertThat(task.games).isEqualTo(2);
  }

  @Test
  void episodicLife_isNotEvaluatedWith_andNeedsLives() {
    VectorEnvironment wrapped = new EpisodicLife().wrap(VectorEnvironment.of(new LivesTask(5)));
    VectorEnvironment bare = VectorEnvironment.of(new LivesTask(5));
    assertThat(wrapped.capability(0, Wrapper.ForEvaluation.class).orElseThrow().around(bare))
        .isSameAs(bare);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new EpisodicLife().wrap(new RandomTask(new Discrete(3), new Discrete(3)).rows(1)))
        .withMessageContaining("the diagnostic 'lives'");
  }
}
