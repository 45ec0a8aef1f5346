package org.bellmanrl.deep.internal;

import com.google.auto.service.AutoService;
import java.util.Arrays;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkFormat;
import org.bellmanrl.deep.policy.NetworkPolicy;
import org.bellmanrl.deep.policy.Standardizer;
import org.bellmanrl.policy.PolicyFormat;

/** How a {@link NetworkPolicy} stands in a policy.zip. */
@AutoService(PolicyFormat.class)
public final class NetworkPolicyFormat implements PolicyFormat {
  /** What files call networks. */
  public static final String NAME = "network";

  private static final int MOST_NUMBERS = 1 << 28;

  /** For ServiceLoader. */
  public NetworkPolicyFormat() {}

  @Override
  public String name() {
    return NAME;
  }

  /** Writes what {@link #read} reads. */
  public static void write(NetworkPolicy policy, State state) {
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

  @Override
  public NetworkPolicy read(Space observations, Space actions, State state) {
    NetworkPolicy.Reading reading = reading(state.carry("reading", ""));
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

  private static NetworkPolicy.Reading reading(String name) {
    for (NetworkPolicy.Reading reading : NetworkPolicy.Reading.values()) {
      if (reading.name().equals(name)) {
        return reading;
      }
    }
    throw new StateException(
        "expected one of %s, found '%s'"
            .formatted(Arrays.toString(NetworkPolicy.Reading.values()), name));
  }
}
