package org.bellmanrl.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Listener.Episode;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Broken listeners fail the check that is for them; a sound one fails none. */
class BrokenListenersTest {

  /** Has enough when the returns so far add up to ten. */
  private static class Sum implements Listener, Stateful {
    double sum;

    @Override
    public void onEpisode(Episode episode, Progress progress) {
      sum += episode.episodeReturn();
    }

    @Override
    public boolean wantsStop() {
      return sum >= 10;
    }

    @Override
    public void carry(State state) {
      sum = state.carry("sum", sum);
    }
  }

  private static ListenerContract of(Supplier<Listener> listeners) {
    return new ListenerContract() {
      @Override
      protected Listener create() {
        return listeners.get();
      }
    };
  }

  @Nested
  class Sound extends ListenerContract {
    @Override
    protected Listener create() {
      return new Sum();
    }
  }

  @Test
  void sharing_isFound() {
    int[] shared = new int[1];
    ListenerContract contract =
        of(() ->
            new Sum() {
              @Override
              public void onEpisode(Episode episode, Progress progress) {
                sum = ++shared[0];
              }
            });
    assertThatThrownBy(contract::sameCalls_giveTheSame)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("listeners that hear the same want the same");
  }

  @Test
  void askingThatChangesSomething_isFound() {
    ListenerContract contract =
        of(() ->
            new Sum() {
              @Override
              public boolean wantsStop() {
                sum++;
                return super.wantsStop();
              }
            });
    assertThatThrownBy(contract::wantsStop_changesNothing)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("wantsStop changes nothing");
  }

  @Test
  void forgetting_isFound() {
    ListenerContract contract =
        of(() ->
            new Sum() {
              @Override
              public void carry(State state) {
                super.carry(state);
                if (state.restoring()) {
                  sum = Math.rint(sum);
                }
              }
            });
    assertThatThrownBy(contract::restored_goesOnAsBefore)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("goes on as if nothing had been");
  }
}
