package org.bellmanrl.env.textbook;

import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.env.TableTask;

/**
 * Let customers pay for servers, or turn them away and wait for those who pay more.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, example 10.2. Customers pay 1, 2, 4 or 8 for a
 * server, each as likely. The observation is {@code 4 * free + k}: the number of free servers, 0 to
 * 10, and k = 0 to 3 for the head of the queue, who would pay 2<sup>k</sup>. The actions are 0 to
 * turn that customer away, which pays nothing, and 1 to assign a server, which pays what the
 * customer pays; if no server is free the customer is turned away whatever one does. Then every
 * busy server, the one just assigned included, becomes free with probability 0.06, and the next
 * customer comes. A run begins with all servers free.
 *
 * <p>Never terminates; the aim is the reward per step, at best 2.7476. Draws one random number per
 * reset and per step. Can show its exact model, a grid (customers by free servers), and text.
 */
public final class AccessControl extends TableTask {
  /** The action that turns a customer away. */
  public static final int REJECT = 0;

  /** The action that assigns a server. */
  public static final int ACCEPT = 1;

  private static final int CUSTOMERS = 4;

  private final int servers;

  /** The task of {@code AccessControl-v1}. */
  public AccessControl(AccessControlOptions options) {
    super(
        EnvironmentSpec.of(
                "AccessControl-v1",
                new Discrete(CUSTOMERS * (options.servers() + 1)),
                new Discrete(2))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .continuing()
            .withLegend(
                new Legend(
                    List.of("4 * free servers + k; the customer in front would pay 2 to the k"),
                    List.of("reject", "accept"),
                    "An accepted customer pays 1, 2, 4 or 8 by priority; a rejected one pays nothing.")),
        model(options),
        "access-control");
    this.servers = options.servers();
  }

  private static FiniteModel model(AccessControlOptions options) {
    int servers = options.servers();
    FiniteModel.Builder model = FiniteModel.builder(CUSTOMERS * (servers + 1), 2);
    for (int free = 0; free <= servers; free++) {
      for (int customer = 0; customer < CUSTOMERS; customer++) {
        int s = CUSTOMERS * free + customer;
        addNext(model, options, s, REJECT, free, 0);
        if (free > 0) {
          addNext(model, options, s, ACCEPT, free - 1, 1 << customer);
        } else {
          addNext(model, options, s, ACCEPT, 0, 0);
        }
        model.initial(s, free == servers ? 1.0 / CUSTOMERS : 0);
      }
    }
    return model.build();
  }

  private static void addNext(
      FiniteModel.Builder model,
      AccessControlOptions options,
      int state,
      int action,
      int free,
      double reward) {
    int busy = options.servers() - free;
    for (int freed = 0; freed <= busy; freed++) {
      double chance = binomial(busy, freed, options.freed()) / CUSTOMERS;
      for (int customer = 0; customer < CUSTOMERS; customer++) {
        model.add(state, action, chance, CUSTOMERS * (free + freed) + customer, reward, false);
      }
    }
  }

  /** The probability of k among n. */
  private static double binomial(int n, int k, double p) {
    double chance = StrictMath.pow(p, k) * StrictMath.pow(1 - p, n - k);
    for (int i = 1; i <= k; i++) {
      chance *= (double) (n - k + i) / i;
    }
    return chance;
  }

  @Override
  protected <T> Optional<T> shown(Class<T> type, IntSupplier current) {
    IntSupplier free = () -> current.getAsInt() / CUSTOMERS;
    IntSupplier pays = () -> 1 << current.getAsInt() % CUSTOMERS;
    if (type == PictureView.class) {
      return Optional.of(type.cast(ServersPicture.of(servers, free, pays)));
    }
    if (type == TextView.class) {
      TextView view =
          colour ->
              "%d of %d free, next pays %d%n".formatted(free.getAsInt(), servers, pays.getAsInt());
      return Optional.of(type.cast(view));
    }
    if (type == GridView.class) {
      return Optional.of(type.cast(new Grid(servers)));
    }
    return Optional.empty();
  }

  /**
   * A line for each kind of customer, from 1 down to 8, and a column for each number of servers.
   */
  private record Grid(int servers) implements GridView {
    @Override
    public int height() {
      return CUSTOMERS;
    }

    @Override
    public int width() {
      return servers + 1;
    }

    @Override
    public int state(int layer, int row, int column) {
      return CUSTOMERS * column + row;
    }

    @Override
    public char glyph(int action) {
      return action == ACCEPT ? '+' : '-';
    }
  }
}
