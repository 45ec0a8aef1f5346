package org.bellmanrl.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.jspecify.annotations.Nullable;

/** A {@link ShippedPolicy} but for its card, on its way into a file or out of it. */
final class PolicyState implements Stateful {
  private static final String SECTION = "shipped-policy";
  private static final int VERSION = 1;
  private static final int MOST_FACTS = 10_000;

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
    if (!(written.policy() instanceof WritablePolicy numbers)) {
      throw new IllegalArgumentException(
          "a policy.zip holds policies of numbers, such as tables and networks; this one is "
              + written.policy());
    }
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
    SpaceFormat.write(numbers.observationSpace(), state);
    SpaceFormat.write(numbers.actionSpace(), state);
    state.carry("kind", numbers.format());
    numbers.write(state);
    state.end();
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
      EnvironmentSpec spec = EnvironmentSpec.of(task, observations, actions);
      WritablePolicy numbers = format(state.carry("kind", "")).read(observations, actions, state);
      policy = new ShippedPolicy(masked ? spec.withMask() : spec, numbers, about, card);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new StateException("no such policy can exist: " + e.getMessage(), e);
    }
    state.end();
  }

  /**
   * The format of a kind of policy.
   *
   * @throws StateException if no module on the path reads it
   */
  static PolicyFormat format(String name) {
    List<String> known = new ArrayList<>();
    for (PolicyFormat format : List.of(new TableFormat(), new WrappedFormat())) {
      if (format.name().equals(name)) {
        return format;
      }
      known.add(format.name());
    }
    for (PolicyFormat format : ServiceLoader.load(PolicyFormat.class)) {
      if (format.name().equals(name)) {
        return format;
      }
      known.add(format.name());
    }
    throw new StateException(
        "its kind is '%s', and the modules on the path read %s%s"
            .formatted(
                name,
                String.join(", ", known),
                name.equals("network") ? "; networks need rl-deep" : ""));
  }
}
