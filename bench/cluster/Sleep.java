package bench;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;

/**
 * Makes every step of every environment take longer, as a simulator would that needs no processor time. The result of a run
 * stays as it is. The environment variable {@code SLEEP_FACTOR} multiplies the times, for machines of unequal speed.
 *
 * @param millis how long a step takes on average, in milliseconds
 * @param spread the share of that which is drawn from an exponential distribution, in [0, 1]
 */
public record Sleep(
    @Described("milliseconds a step takes on average") double millis,
    @Described(value = "share of that which is exponentially distributed", range = "[0, 1]") double spread)
    implements Wrapper {

  private static final double FACTOR = Double.parseDouble(System.getenv().getOrDefault("SLEEP_FACTOR", "1"));

  /** What this plugin offers. */
  public static final class Offered implements Catalogue {
    @Override
    public void list(Offers offers) {
      offers.add(WrapperEntry.of("bench/sleep", "makes every step take longer", () -> new Sleep(5, 0)));
    }
  }

  /** Counts the steps of cores that do nothing but sleep: what a cluster of such simulators could reach on this machine. */
  public static final class Bare {
    private Bare() {}

    /**
     * Prints steps per second.
     *
     * @param arguments the number of cores, how many environments they step at a time, milliseconds a step takes, seconds
     */
    public static void main(String[] arguments) throws InterruptedException {
      int rows = Integer.parseInt(arguments[1]);
      double millis = Double.parseDouble(arguments[2]);
      double seconds = Double.parseDouble(arguments[3]);
      LongAdder steps = new LongAdder();
      long end = System.nanoTime() + (long) (seconds * 1e9);
      for (int core = 0; core < Integer.parseInt(arguments[0]); core++) {
        Thread.ofPlatform().daemon().start(() -> {
          while (System.nanoTime() < end) {
            sleep(rows * millis);
            steps.add(rows);
          }
        });
      }
      Thread.sleep((long) (seconds * 1000));
      System.out.println(steps.sum() / seconds);
    }
  }

  private static void sleep(double millis) {
    long end = System.nanoTime() + (long) (millis * 1e6);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return new Slow(inner);
  }

  private final class Slow extends WrappedEnvironments {
    Slow(VectorEnvironment inner) {
      super(Sleep.this, inner, inner.spec(), Change.NOTHING);
    }

    /** The environments of one core take their steps one after the other. */
    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      double total = (1 - spread) * rows.count();
      for (int i = 0; spread > 0 && i < rows.count(); i++) {
        total -= spread * Math.log(1 - ThreadLocalRandom.current().nextDouble());
      }
      sleep(total * millis * FACTOR);
      inner().step(rows, actions, random, outcomes);
    }
  }
}
