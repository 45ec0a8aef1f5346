package org.bellmanrl.testkit;

import java.util.List;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Listener.Episode;
import org.bellmanrl.api.Listener.Step;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.Stateful;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/**
 * What every {@link Listener} keeps to: when it wants a run to stop depends on what it heard alone,
 * and, if it has state, goes on after a resume as if the run had not been interrupted.
 *
 * <pre>{@code
 * class StreakContractTest extends ListenerContract {
 *   @Override
 *   protected Listener create() {
 *     return new Streak(new Streak.Options(3, 1));
 *   }
 * }
 * }</pre>
 *
 * <p>The listener is notified of simulated runs: episodes of one to four steps with returns in [-1,
 * 2), and after each episode a value in [-1, 2) for each name in {@link #metrics()}.
 */
public abstract class ListenerContract {

  /** A new listener with the same options each time. */
  protected abstract Listener create();

  /** The names of the learner's metrics that it is notified of. */
  protected List<String> metrics() {
    return List.of("loss", "epsilon");
  }

  /** Seeds of the made-up runs, each at least 0. */
  protected long[] seeds() {
    return new long[] {0, 42};
  }

  /** Episodes of a made-up run, at least 2. */
  protected int episodes() {
    return 60;
  }

  private record At(long steps, long episodes, double fraction) implements Progress {}

  private record Ended(long index, double episodeReturn, long length) implements Episode {
    @Override
    public int row() {
      return 0;
    }

    @Override
    public boolean terminated() {
      return true;
    }

    @Override
    public boolean truncated() {
      return false;
    }

    @Override
    public double diagnostic(int i) {
      return episodeReturn / (i + 1);
    }
  }

  private record Stepped(double paid) implements Step {
    @Override
    public Rows rows() {
      return Rows.all(1);
    }

    @Override
    public double reward(int row) {
      return paid;
    }

    @Override
    public double earned(int row) {
      return 2 * paid;
    }

    @Override
    public double diagnostic(int row, int i) {
      return paid / (i + 1);
    }
  }

  /** A simulated run; each listener needs a separate one. */
  private final class Story {
    private final RandomStream random;
    private long steps;
    private long told;

    Story(long seed) {
      this.random = RandomStream.ofSeed(seed);
    }

    private At at() {
      return new At(steps, told, (double) told / episodes());
    }

    /** Tells of one more episode; whether the listener wants to stop. */
    boolean tell(Listener listener) {
      long length = 1L + random.integers(4);
      double episodeReturn = random.uniform(-1, 2);
      for (int i = 0; i < length; i++) {
        steps++;
        boolean last = i == length - 1;
        if (last) {
          listener.onEpisode(new Ended(told++, episodeReturn, length), at());
        }
        listener.onStep(new Stepped(episodeReturn / length), at());
      }
      for (String name : metrics()) {
        listener.onMetric(name, random.uniform(-1, 2), at());
      }
      return listener.wantsStop();
    }
  }

  private AssertionFailedError differ(
      Listener listener, String rule, long seed, int episode, Object expected, Object actual) {
    return Failure.of(listener.getClass().getSimpleName(), rule)
        .where("seed " + seed)
        .where("episode " + episode)
        .expected(expected)
        .actual(actual)
        .error();
  }

  private void mustAgree(
      Listener one, Listener two, String rule, long seed, int episode, boolean a, boolean b) {
    if (a != b) {
      throw differ(one, rule, seed, episode, "wantsStop " + a, "wantsStop " + b);
    }
    if (one instanceof Stateful left && two instanceof Stateful right) {
      Difference difference = StateText.of(left).difference(StateText.of(right));
      if (difference != null) {
        throw differ(one, rule, seed, episode, difference.expected(), difference.actual());
      }
    }
  }

  /** Listeners that hear the same, side by side, want the same: they share nothing. */
  @Test
  public void sameCalls_giveTheSame() {
    for (long seed : seeds()) {
      Listener one = create();
      Listener two = create();
      Story first = new Story(seed);
      Story second = new Story(seed);
      for (int i = 0; i < episodes(); i++) {
        mustAgree(
            one,
            two,
            "listeners that hear the same want the same",
            seed,
            i,
            first.tell(one),
            second.tell(two));
      }
    }
  }

  /** To be asked changes nothing: a run may ask more than once. */
  @Test
  public void wantsStop_changesNothing() {
    for (long seed : seeds()) {
      Listener one = create();
      Listener asked = create();
      Story first = new Story(seed);
      Story second = new Story(seed);
      for (int i = 0; i < episodes(); i++) {
        boolean wanted = first.tell(one);
        second.tell(asked);
        mustAgree(one, asked, "wantsStop changes nothing", seed, i, wanted, asked.wantsStop());
      }
    }
  }

  /** Saved after any episode and restored into a new one, it goes on as if nothing had been. */
  @Test
  public void restored_goesOnAsBefore() {
    if (!(create() instanceof Stateful)) {
      Assumptions.abort("the listener is not Stateful: after a resume it starts over");
    }
    for (long seed : seeds()) {
      for (int cut = 0; cut < episodes(); cut += 1 + episodes() / 8) {
        Listener whole = create();
        Story first = new Story(seed);
        Story second = new Story(seed);
        Listener before = create();
        for (int i = 0; i < cut; i++) {
          first.tell(whole);
          second.tell(before);
        }
        Listener after = copy(before);
        for (int i = cut; i < episodes(); i++) {
          mustAgree(
              whole,
              after,
              "a restored listener goes on as if nothing had been",
              seed,
              i,
              first.tell(whole),
              second.tell(after));
        }
      }
    }
  }

  private Listener copy(Listener listener) {
    Listener copy = create();
    if (listener instanceof Stateful from && copy instanceof Stateful to) {
      BinaryState.fromBytes(BinaryState.toBytes(from), to);
    }
    return copy;
  }
}
