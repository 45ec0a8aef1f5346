package org.bellmanrl.deep.policy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
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
  public void carry(State state) {
    if (state.restoring()) {
      read(state);
    } else {
      write(state);
    }
  }

  private void write(State state) {
    ShippedPolicy written = policy();
    state.begin(SECTION, VERSION);
    state.carry("task", written.spec().name());
    state.carry("masked", written.spec().masked());
    state.carry("facts", written.about().size());
    written
        .about()
        .forEach((name, value) -> {
          state.carry("fact", name);
          state.carry("value", value);
        });
    SpaceFormat.write(written.observationSpace(), state);
    SpaceFormat.write(written.actionSpace(), state);
    switch (written.numbers()) {
      case NetworkPolicy network -> write(network, state);
      case TablePolicy table -> {
        state.carry("kind", "table");
        state.carry("rule", table.rule().name());
        state.carry("numbers", table.numbers());
      }
    }
    state.end();
  }

  private static void write(NetworkPolicy policy, State state) {
    state.carry("kind", "network");
    state.carry("reading", policy.reading().name());
    state.carry("log-deviations", policy.logDeviations());
    Standardizer standardizer = policy.standardizer();
    state.carry("standardized", standardizer != null);
    if (standardizer != null) {
      state.carry("means", standardizer.means());
      state.carry("deviations", standardizer.deviations());
      state.carry("limit", standardizer.limit());
    }
    NetworkFormat.write(policy.network(), state);
  }

  private void read(State state) {
    state.begin(SECTION, VERSION);
    String task = state.carry("task", "");
    boolean masked = state.carry("masked", false);
    Map<String, String> about = new LinkedHashMap<>();
    int facts = state.carry("facts", 0);
    if (facts < 0 || facts > MOST_FACTS) {
      throw new StateException("must have at most %d facts, had %d".formatted(MOST_FACTS, facts));
    }
    for (int i = 0; i < facts; i++) {
      about.put(state.carry("fact", ""), state.carry("value", ""));
    }
    Space observations = SpaceFormat.read(state);
    Space actions = SpaceFormat.read(state);
    try {
      WritablePolicy numbers =
          switch (state.carry("kind", "")) {
            case "network" -> network(observations, actions, state);
            case "table" -> table(observations, actions, state);
            case String other -> throw new StateException("unknown kind of policy '" + other + "'");
          };
      policy = new ShippedPolicy(task, numbers, masked, about, card);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new StateException("not a policy that can be: " + e.getMessage(), e);
    }
    state.end();
  }

  private static NetworkPolicy network(Space observations, Space actions, State state) {
    NetworkPolicy.Reading reading =
        constant(NetworkPolicy.Reading.values(), state.carry("reading", ""));
    float[] logDeviations = state.carryUpTo("log-deviations", new float[0], 0, MOST_NUMBERS);
    if (!state.carry("standardized", false)) {
      Network network = NetworkFormat.read(state);
      return new NetworkPolicy(observations, actions, network, reading, logDeviations);
    }
    if (!(observations instanceof Box box)) {
      throw new StateException("only a Box can be standardized, not " + observations);
    }
    double[] means = state.carryUpTo("means", new double[0], 0, box.size());
    double[] deviations = state.carryUpTo("deviations", new double[0], 0, box.size());
    Standardizer standardizer = new Standardizer(box, means, deviations, state.carry("limit", 0.0));
    Network network = NetworkFormat.read(state);
    return new NetworkPolicy(standardizer.gives(), actions, network, reading, logDeviations)
        .behind(standardizer);
  }

  private static TablePolicy table(Space observations, Space actions, State state) {
    TablePolicy.Rule rule = constant(TablePolicy.Rule.values(), state.carry("rule", ""));
    return new TablePolicy(
        observations, actions, state.carryUpTo("numbers", new double[0], 0, MOST_NUMBERS), rule);
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
