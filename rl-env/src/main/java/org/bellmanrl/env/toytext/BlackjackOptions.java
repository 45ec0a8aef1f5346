package org.bellmanrl.env.toytext;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link Blackjack}, which are Gymnasium's.
 *
 * @param sab whether the rules are those of Sutton &amp; Barto's example 5.1, in which a natural
 *     beats every hand of the dealer but another natural; {@code natural} counts for nothing then
 * @param natural whether a win with a natural pays 1.5
 */
public record BlackjackOptions(
    @Described("a natural beats all but another natural, as in Sutton & Barto's example 5.1")
        boolean sab,
    @Described("a win with a natural pays 1.5; counts for nothing with sab") boolean natural) {

  /** What {@code Blackjack-v1} is registered with in Gymnasium: the book's rules. */
  public static BlackjackOptions defaults() {
    return new BlackjackOptions(true, false);
  }
}
