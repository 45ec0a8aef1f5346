package org.bellmanrl.lab.internal.trace;

import java.util.Locale;
import org.bellmanrl.api.interaction.Simulation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How episodes of Box2D's tasks are compared: to the bit up to the first contact with the ground,
 * closely after it.
 *
 * <p>Builds of Box2D round the time of an impact differently, and a rough landing multiplies that
 * difference: nine in ten episodes must stay within {@link #CLOSE} in every number and end as the
 * recorded ones did. The first contact is the first row in which an observation says that a leg
 * touches, or an end.
 */
final class ContactCheck {
  /** How far numbers may be apart after the first contact. */
  static final double CLOSE = 5e-3;

  private final int left;
  private final int right;
  private boolean contact;
  private double worst;
  private int episodes;
  private int close;

  private ContactCheck(int left, int right) {
    this.left = left;
    this.right = right;
  }

  /** The check for an environment; null if it is not one of Box2D's. */
  static @Nullable ContactCheck of(String id) {
    if (id.startsWith("LunarLander")) {
      return new ContactCheck(6, 7);
    }
    return id.startsWith("BipedalWalker") ? new ContactCheck(8, 13) : null;
  }

  /** An episode begins. */
  void begin() {
    count();
    episodes++;
    contact = false;
    worst = 0;
  }

  private void count() {
    if (episodes > 0 && worst <= CLOSE) {
      close++;
    }
  }

  /** Looks whether the recorded row shows contact. */
  void look(JsonNode observation, boolean terminated) {
    contact |=
        terminated
            || observation.path(left).asDouble(0) != 0
            || observation.path(right).asDouble(0) != 0;
  }

  /** Whether a difference may be in the row that was looked at last. */
  boolean allows(double error) {
    if (!contact) {
      return error == 0;
    }
    worst = Math.max(worst, error);
    return true;
  }

  /** Whether the episode here has ended before the recorded one: the rest can't be played. */
  boolean isOver(Simulation simulation) {
    if (!simulation.ended()) {
      return false;
    }
    worst = Double.POSITIVE_INFINITY;
    return true;
  }

  /** After the last row: what is wrong with all episodes together; empty if nothing. */
  String verdict() {
    count();
    return 10L * close >= 9L * episodes
        ? ""
        : String.format(
            Locale.ROOT,
            "after the first contact %d of %d episodes stay within %s, of which 9 in 10 must",
            close,
            episodes,
            CLOSE);
  }
}
