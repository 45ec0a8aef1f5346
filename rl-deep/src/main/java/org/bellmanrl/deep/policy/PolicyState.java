package org.bellmanrl.deep.policy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkFormat;
import org.jspecify.annotations.Nullable;

/** A {@link ShippedPolicy} but for its card, on its way into a file or out of it. */
final class PolicyState implements Stateful {
  private static final String SECTION = "shipped-policy";
  private static final int VERSION = 1;
  private static final int MOST_FACTS = 10_000;
  private static final int MOST_NUMBERS = 1 << 28;

  private final String card;
  private @Nullable ShippedPolicy policy;

  private PolicyState(String card, @Nullable ShippedPolicy policy) {
    this.card = card;
    this.policy = policy;
  }

  /** One to be written. */
  static PolicyState of(ShippedPolicy policy) {
    return new PolicyState(policy.card(), policy);
  }

  /** One to be read, which has this card. */
  static PolicyState empty(String card) {
    return new PolicyState(card, null);
  }

  /** What is to be written, or was read. */
  ShippedPolicy policy() {
    return Objects.requireNonNull(policy, "nothing was read yet");
  }

  @Override
  public void save(StateWriter out) {
    ShippedPolicy written = policy();
    out.begin(SECTION, VERSION);
    out.write("task", written.spec().name());
    out.write("masked", written.spec().masked());
    out.write("facts", written.about().size());
    written
        .about()
        .forEach((name, value) -> {
          out.write("fact", name);
          out.write("value", value);
        });
    SpaceFormat.write(written.observationSpace(), out);
    SpaceFormat.write(written.actionSpace(), out);
    switch (written.numbers()) {
      case NetworkPolicy network -> write(network, out);
      case TablePolicy table -> {
        out.write("kind", "table");
        out.write("rule", table.rule().name());
        out.write("numbers", table.numbers());
      }
    }
    out.end();
  }

  private static void write(NetworkPolicy policy, StateWriter out) {
    out.write("kind", "network");
    out.write("reading", policy.reading().name());
    out.write("log-deviations", policy.logDeviations());
    Standardizer standardizer = policy.standardizer();
    out.write("standardized", standardizer != null);
    if (standardizer != null) {
      out.write("means", standardizer.means());
      out.write("deviations", standardizer.deviations());
      out.write("limit", standardizer.limit());
    }
    NetworkFormat.write(policy.network(), out);
  }

  @Override
  public void restore(StateReader in) {
    in.begin(SECTION, VERSION);
    String task = in.readString("task");
    boolean masked = in.readBoolean("masked");
    Map<String, String> about = new LinkedHashMap<>();
    int facts = in.readInt("facts");
    if (facts < 0 || facts > MOST_FACTS) {
      throw new StateException("must have at most %d facts, had %d".formatted(MOST_FACTS, facts));
    }
    for (int i = 0; i < facts; i++) {
      about.put(in.readString("fact"), in.readString("value"));
    }
    Space observations = SpaceFormat.read(in);
    Space actions = SpaceFormat.read(in);
    try {
      WritablePolicy numbers =
          switch (in.readString("kind")) {
            case "network" -> network(observations, actions, in);
            case "table" -> table(observations, actions, in);
            case String other -> throw new StateException("unknown kind of policy '" + other + "'");
          };
      policy = new ShippedPolicy(task, numbers, masked, about, card);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new StateException("not a policy that can be: " + e.getMessage(), e);
    }
    in.end();
  }

  private static NetworkPolicy network(Space observations, Space actions, StateReader in) {
    NetworkPolicy.Reading reading =
        constant(NetworkPolicy.Reading.values(), in.readString("reading"));
    float[] logDeviations = in.readFloats("log-deviations", MOST_NUMBERS);
    if (!in.readBoolean("standardized")) {
      Network network = NetworkFormat.read(in);
      return new NetworkPolicy(observations, actions, network, reading, logDeviations);
    }
    if (!(observations instanceof Box box)) {
      throw new StateException("only a Box can be standardized, not " + observations);
    }
    double[] means = in.readDoubles("means", box.size());
    double[] deviations = in.readDoubles("deviations", box.size());
    Standardizer standardizer = new Standardizer(box, means, deviations, in.readDouble("limit"));
    Network network = NetworkFormat.read(in);
    return new NetworkPolicy(standardizer.gives(), actions, network, reading, logDeviations)
        .behind(standardizer);
  }

  private static TablePolicy table(Space observations, Space actions, StateReader in) {
    TablePolicy.Rule rule = constant(TablePolicy.Rule.values(), in.readString("rule"));
    return new TablePolicy(observations, actions, in.readDoubles("numbers", MOST_NUMBERS), rule);
  }

  private static <E extends Enum<E>> E constant(E[] constants, String name) {
    for (E constant : constants) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new StateException(
        "expected one of %s, found '%s'".formatted(Arrays.toString(constants), name));
  }
}
