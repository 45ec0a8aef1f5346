package org.bellmanrl.env.policy;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;

/**
 * The best policy for {@code Blackjack-v1} (Sutton &amp; Barto, 2nd ed., 2018, figure 5.2): with an
 * ace that counts 11, stick on 19 and above, and on 18 unless the dealer shows 9, 10 or an ace;
 * without one, stick on 17 and above, on 13 to 16 if the dealer shows 2 to 6, and on 12 if the
 * dealer shows 4 to 6.
 */
public final class BlackjackStrategy extends Policy.Scripted {

  /**
   * Makes the policy.
   *
   * @throws IllegalArgumentException if the task is another one
   */
  public BlackjackStrategy(EnvironmentSpec spec) {
    TaskCheck.require(spec, "Blackjack-v1");
  }

  @Override
  protected void act(Observations observations, int row, RandomStream random, Columns actions) {
    int[] seen = observations.values().ints();
    int sum = seen[3 * row];
    int dealer = seen[3 * row + 1];
    boolean usableAce = seen[3 * row + 2] == 1;
    actions.ints()[row] = sticks(sum, dealer, usableAce) ? 0 : 1;
  }

  private static boolean sticks(int sum, int dealer, boolean usableAce) {
    if (usableAce) {
      return sum >= 19 || (sum == 18 && dealer >= 2 && dealer <= 8);
    }
    return sum >= 17
        || (sum >= 13 && dealer >= 2 && dealer <= 6)
        || (sum == 12 && dealer >= 4 && dealer <= 6);
  }
}
