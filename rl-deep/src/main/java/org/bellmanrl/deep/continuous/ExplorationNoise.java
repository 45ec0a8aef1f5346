package org.bellmanrl.deep.continuous;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bellmanrl.api.options.Require;
import org.jspecify.annotations.Nullable;

/**
 * Noise by which a learner explores, in units of half the range of an element of an action.
 *
 * <p>As text: {@code none}, {@code normal:0.1}, {@code ornstein-uhlenbeck:0.5} or {@code
 * adaptive-param:0.2}.
 *
 * @param kind how it is distributed
 * @param deviation σ of the actions, at least 0; 0 for none
 */
public record ExplorationNoise(Kind kind, double deviation) {
  /** How noise is distributed. */
  public enum Kind {
    /** There is no noise. */
    NONE,
    /** ε ~ N(0, σ²), independent at each step. */
    NORMAL,
    /**
     * A process that starts at 0 in each episode and reverts to it: x ← x − θ x Δt + σ √Δt N(0, 1),
     * with θ = 0.15 and Δt = 0.01 (Uhlenbeck and Ornstein, 1930; Lillicrap et al., 2016, with the
     * Δt of Stable-Baselines3).
     */
    ORNSTEIN_UHLENBECK,
    /**
     * Noise of the policy's parameters that is drawn for each episode, and changes actions by about
     * σ in the root mean square (Plappert et al., 2018). Layer normalisation belongs between the
     * layers.
     */
    ADAPTIVE_PARAM;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public ExplorationNoise {
    Require.notNegative("noise", deviation);
    if (kind == Kind.NONE && deviation != 0) {
      throw new IllegalArgumentException("noise that is none has no deviation, was " + deviation);
    }
  }

  /** No noise. */
  public static ExplorationNoise none() {
    return new ExplorationNoise(Kind.NONE, 0);
  }

  /** Normal noise that is independent at each step. */
  public static ExplorationNoise normal(double deviation) {
    return new ExplorationNoise(Kind.NORMAL, deviation);
  }

  /** Noise of an Ornstein-Uhlenbeck process. */
  public static ExplorationNoise ornsteinUhlenbeck(double deviation) {
    return new ExplorationNoise(Kind.ORNSTEIN_UHLENBECK, deviation);
  }

  /** Noise of the parameters that changes actions by about so much. */
  public static ExplorationNoise adaptiveParam(double deviation) {
    return new ExplorationNoise(Kind.ADAPTIVE_PARAM, deviation);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if the text is none of the forms above
   */
  public static ExplorationNoise parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    for (Kind kind : Kind.values()) {
      if (kind.text().equals(name) && (kind == Kind.NONE) == (colon < 0)) {
        return colon < 0 ? none() : new ExplorationNoise(kind, number(text, colon));
      }
    }
    throw wrong(text, null);
  }

  private static double number(String text, int colon) {
    try {
      return Double.parseDouble(text.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw wrong(text, e);
    }
  }

  private static IllegalArgumentException wrong(String text, @Nullable Throwable cause) {
    String forms =
        Arrays.stream(Kind.values())
            .map(kind -> kind == Kind.NONE ? kind.text() : kind.text() + ":DEVIATION")
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "noise must be one of %s, was %s".formatted(forms, text), cause);
  }

  /** The text form; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return kind == Kind.NONE ? kind.text() : kind.text() + ":" + deviation;
  }
}
